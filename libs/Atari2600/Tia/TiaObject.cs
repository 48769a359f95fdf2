namespace DqnAspire.Atari2600.Tia;

/// <summary>
/// The six things the TIA draws over the background; the bit of an object is <c>1 &lt;&lt; object</c>.
/// </summary>
internal enum TiaObject
{
    Player0,
    Missile0,
    Player1,
    Missile1,
    Ball,
    Playfield,
}
