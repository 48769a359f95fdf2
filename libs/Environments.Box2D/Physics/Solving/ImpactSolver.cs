using DqnAspire.Environments.Box2D.Physics.Continuous;
using DqnAspire.Environments.Box2D.Physics.Dynamics;
using DqnAspire.Environments.Box2D.Physics.Geometry;

namespace DqnAspire.Environments.Box2D.Physics.Solving;

/// <summary>
/// Continuous collision: after a step, contacts that were passed through on the way are gone back to, the earliest
/// first, and what is left of the step is solved again for the bodies concerned.
/// </summary>
/// <remarks>After E. Catto, "Continuous Collision" (GDC 2013).</remarks>
internal sealed class ImpactSolver
{
    private const float AlmostAll = 1.0f - (10.0f * Tuning.Epsilon);

    private readonly Island _island = new();

    /// <summary>Solves all impacts of a step.</summary>
    public void Solve(
        in TimeStep step,
        ReadOnlySpan<Body> bodies,
        ReadOnlySpan<Fixture> fixtures,
        ContactList contacts,
        IContactListener? listener)
    {
        foreach (var body in bodies)
        {
            body.Sweep.Done = 0;
        }

        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            contact.HasImpactTime = false;
            contact.ImpactTime = 1;
            contact.Impacts = 0;
        }

        while (TryFindFirst(contacts, out var first, out var time))
        {
            if (!TryStopAt(first, time, listener))
            {
                continue;
            }

            Collect(first, time, contacts, listener);
            var seconds = (1.0f - time) * step.Seconds;
            _island.SolveImpact(new TimeStep(seconds, 1.0f, step.VelocityIterations, Tuning.ImpactPositionIterations));
            Release(first.Body, fixtures, contacts);
            contacts.FindNew(fixtures);
        }
    }

    /// <summary>The contact that is reached first within the step.</summary>
    private static bool TryFindFirst(ContactList contacts, out Contact first, out float time)
    {
        first = null!;
        time = 1.0f;
        for (var i = contacts.Count - 1; i >= 0; i--)
        {
            var contact = contacts[i];
            if (!contact.IsEnabled || contact.Impacts > Tuning.MaxImpacts
                || (!contact.HasImpactTime && !contact.Body.IsAwake))
            {
                continue;
            }

            if (!contact.HasImpactTime)
            {
                FindTime(contact);
            }

            if (contact.ImpactTime < time)
            {
                first = contact;
                time = contact.ImpactTime;
            }
        }

        return first is not null && time <= AlmostAll;
    }

    private static void FindTime(Contact contact)
    {
        var (ground, body) = (contact.Edge.Body, contact.Body);
        var done = MathF.Max(ground.Sweep.Done, body.Sweep.Done);
        AdvanceTo(done, ref ground.Sweep);
        AdvanceTo(done, ref body.Sweep);
        contact.HasImpactTime = true;
        contact.ImpactTime = TimeOfImpact.TryFind(
            contact.Edge.Shape, ground.Sweep, contact.Polygon.Shape, body.Sweep, out var time)
            ? Scalar.Min(done + ((1.0f - done) * time), 1.0f)
            : 1.0f;
    }

    private static void AdvanceTo(float done, ref Sweep sweep)
    {
        if (sweep.Done < done)
        {
            sweep.Advance(done);
        }
    }

    /// <summary>Puts the body where it meets the ground; when it then does not touch after all, back again.</summary>
    private static bool TryStopAt(Contact contact, float time, IContactListener? listener)
    {
        var (ground, body) = (contact.Edge.Body, contact.Body);
        var (groundSweep, bodySweep) = (ground.Sweep, body.Sweep);
        ground.StopAt(time);
        body.StopAt(time);
        contact.Update(listener);
        contact.HasImpactTime = false;
        contact.Impacts++;
        if (contact.IsTouching)
        {
            body.WakeUp();
            return true;
        }

        contact.IsEnabled = false;
        GoBack(ground, groundSweep);
        GoBack(body, bodySweep);
        return false;
    }

    private static void GoBack(Body body, in Sweep sweep)
    {
        body.Sweep = sweep;
        body.MoveToEnd();
    }

    /// <summary>The body that has met the ground, with all that it touches at that time.</summary>
    private void Collect(Contact first, float time, ContactList contacts, IContactListener? listener)
    {
        _island.Clear();
        _island.Add(first.Body);
        _island.Add(first);
        for (var i = contacts.Count - 1; i >= 0 && _island.ContactCount < Tuning.MaxImpactContacts; i--)
        {
            var contact = contacts[i];
            if (contact.Body != first.Body || contact == first)
            {
                continue;
            }

            var ground = contact.Edge.Body;
            var sweep = ground.Sweep;
            AdvanceTo(time, ref ground.Sweep);
            contact.Update(listener);
            if (contact.IsTouching)
            {
                _island.Add(contact);
            }
            else
            {
                GoBack(ground, sweep);
            }
        }
    }

    /// <summary>Lets the boxes of what has moved follow, and its other impacts be found anew.</summary>
    private static void Release(Body body, ReadOnlySpan<Fixture> fixtures, ContactList contacts)
    {
        foreach (var fixture in fixtures)
        {
            if (fixture.Body == body)
            {
                fixture.Follow(body.PlaceAtStart);
            }
        }

        for (var i = 0; i < contacts.Count; i++)
        {
            if (contacts[i].Body == body)
            {
                contacts[i].HasImpactTime = false;
            }
        }
    }
}
