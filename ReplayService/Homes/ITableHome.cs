using DqnAspire.Replay;
using DqnAspire.Replay.Storage;
using DqnAspire.Replay.Storage.Embedded;

namespace DqnAspire.ReplayService.Homes;

/// <summary>Where the service's tables are: which engine they have, and which there are.</summary>
public interface ITableHome
{
    /// <summary>Most bytes of memory that a table can come to take.</summary>
    long MostBytes(TableSpec spec);

    /// <summary>Whether there is a table that can be opened.</summary>
    /// <exception cref="ReplayStoreException">There is no telling.</exception>
    bool Contains(string name);

    /// <summary>Makes an empty table.</summary>
    /// <exception cref="ReplayStoreException">It cannot be made.</exception>
    IReplayStore Create(string name, TableManifest manifest);

    /// <summary>Opens a table that is there.</summary>
    /// <exception cref="ReplayStoreException">It cannot be read.</exception>
    (IReplayStore Store, TableManifest Manifest) Open(string name);

    /// <summary>Deletes a table that can be opened; nobody has it open here.</summary>
    /// <returns>False when there is none.</returns>
    /// <exception cref="ReplayStoreException">It cannot be deleted.</exception>
    bool Delete(string name);

    /// <summary>Makes a table of a snapshot.</summary>
    /// <param name="name">The table.</param>
    /// <param name="snapshot">The snapshot, opened and not read yet.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="ReplayStoreException">The snapshot cannot be read, or the table not be made.</exception>
    void Import(string name, EmbeddedReplayStore snapshot, CancellationToken cancellationToken);
}
