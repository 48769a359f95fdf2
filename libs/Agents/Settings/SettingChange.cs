namespace DqnAspire.Agents.Settings;

/// <summary>When a setting of a run that has begun may be changed.</summary>
public enum SettingChange
{
    /// <summary>Never: it would no longer be the same run.</summary>
    Never,

    /// <summary>When the run is resumed: no step depends on it.</summary>
    OnResume,

    /// <summary>At any time between two steps.</summary>
    WhileTraining,
}
