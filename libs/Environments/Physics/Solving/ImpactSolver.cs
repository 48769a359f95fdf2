using DqnAspire.Environments.Physics.Continuous;
using DqnAspire.Environments.Physics.Dynamics;
using DqnAspire.Environments.Physics.Geometry;

namespace DqnAspire.Environments.Physics.Solving;

/// <summary>
/// Continuous collision: after a step, contacts that were passed through on the way are gone back to, the earliest first,
/// and what is left of the step is solved again for the bodies concerned.
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
        JointList joints,
        IContactListener? listener)
    {
        foreach (var body in bodies)
        {
            body.IsInIsland = false;
            body.Sweep.Done = 0;
        }

        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            contact.IsInIsland = false;
            contact.HasImpactTime = false;
            contact.Impacts = 0;
            contact.ImpactTime = 1;
        }

        while (TryFindFirst(contacts, out var first, out var time))
        {
            if (!TryStopAt(first, time, listener))
            {
                continue;
            }

            Collect(first, time, contacts, listener);
            var seconds = (1.0f - time) * step.Seconds;
            var rest = new TimeStep(seconds, 1.0f, step.VelocityIterations, Tuning.ImpactPositionIterations);
            _island.SolveImpact(rest, first.A.Body.IslandIndex, first.B.Body.IslandIndex);
            Release(fixtures, contacts);
            contacts.FindNew(fixtures, joints);
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
            if (!contact.IsEnabled || contact.Impacts > Tuning.MaxImpacts)
            {
                continue;
            }

            if (!contact.HasImpactTime)
            {
                if (!IsCandidate(contact))
                {
                    continue;
                }

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

    /// <summary>Only awake bodies against static ones: others may pass through each other.</summary>
    private static bool IsCandidate(Contact contact)
    {
        var (a, b) = (contact.A.Body, contact.B.Body);
        return a.IsDynamic != b.IsDynamic && (a.IsDynamic ? a : b).IsAwake;
    }

    private static void FindTime(Contact contact)
    {
        var (a, b) = (contact.A.Body, contact.B.Body);
        var done = a.Sweep.Done;
        if (a.Sweep.Done < b.Sweep.Done)
        {
            done = b.Sweep.Done;
            a.Sweep.Advance(done);
        }
        else if (b.Sweep.Done < a.Sweep.Done)
        {
            b.Sweep.Advance(done);
        }

        contact.HasImpactTime = true;
        contact.ImpactTime = TimeOfImpact.TryFind(contact.A.Shape, a.Sweep, contact.B.Shape, b.Sweep, out var time)
            ? Scalar.Min(done + ((1.0f - done) * time), 1.0f)
            : 1.0f;
    }

    /// <summary>Puts both bodies where they meet; when they then do not touch after all, back again.</summary>
    private static bool TryStopAt(Contact contact, float time, IContactListener? listener)
    {
        var (a, b) = (contact.A.Body, contact.B.Body);
        var (sweepA, sweepB) = (a.Sweep, b.Sweep);
        a.StopAt(time);
        b.StopAt(time);
        contact.Update(listener);
        contact.HasImpactTime = false;
        contact.Impacts++;
        if (contact.IsTouching)
        {
            a.WakeUp();
            b.WakeUp();
            return true;
        }

        contact.IsEnabled = false;
        GoBack(a, sweepA);
        GoBack(b, sweepB);
        return false;
    }

    private static void GoBack(Body body, in Sweep sweep)
    {
        body.Sweep = sweep;
        body.MoveToEnd();
    }

    /// <summary>The two bodies that have met, with all that they touch at that time.</summary>
    private void Collect(Contact first, float time, ContactList contacts, IContactListener? listener)
    {
        var (a, b) = (first.A.Body, first.B.Body);
        _island.Clear();
        _island.Add(a);
        _island.Add(b);
        _island.Add(first);
        AddTouching(a.IsDynamic ? a : b, time, contacts, listener);
    }

    private void AddTouching(Body body, float time, ContactList contacts, IContactListener? listener)
    {
        for (var i = contacts.Count - 1; i >= 0; i--)
        {
            var contact = contacts[i];
            if (!contact.Involves(body) || contact.IsInIsland)
            {
                continue;
            }

            if (_island.Bodies.Count == Tuning.MaxImpactBodies || _island.Contacts.Count == Tuning.MaxImpactContacts)
            {
                return;
            }

            var other = contact.Other(body);
            if (other.IsDynamic)
            {
                continue;
            }

            var sweep = other.Sweep;
            if (!other.IsInIsland)
            {
                other.StopAt(time);
            }

            contact.Update(listener);
            if (!contact.IsTouching)
            {
                GoBack(other, sweep);
                continue;
            }

            _island.Add(contact);
            if (!other.IsInIsland)
            {
                _island.Add(other);
            }
        }
    }

    /// <summary>Lets the boxes of what has moved follow, and its other impacts be found anew.</summary>
    private void Release(ReadOnlySpan<Fixture> fixtures, ContactList contacts)
    {
        foreach (var body in _island.Bodies)
        {
            body.IsInIsland = false;
            if (!body.IsDynamic)
            {
                continue;
            }

            foreach (var fixture in fixtures)
            {
                if (fixture.Body == body)
                {
                    fixture.Follow(body.PlaceAtStart);
                }
            }

            for (var i = 0; i < contacts.Count; i++)
            {
                if (contacts[i].Involves(body))
                {
                    contacts[i].IsInIsland = false;
                    contacts[i].HasImpactTime = false;
                }
            }
        }
    }
}
