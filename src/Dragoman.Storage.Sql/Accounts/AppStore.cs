using Dragoman.Engine;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Accounts;

internal sealed class AppStore(ISqlReaders readers, ISqlSetup setup) : IAppStore
{
    public ValueTask<IReadOnlyList<StoredApp>> ListAsync(CancellationToken ct) =>
        readers.ReadAsync<int, IReadOnlyList<StoredApp>>(0, static (db, _) =>
        {
            var statement = db.Prepare("SELECT id, name, definition FROM apps ORDER BY id");
            var apps = new List<StoredApp>();
            while (statement.Step()) apps.Add(new(new AppId(statement.Int32(0)), statement.Text(1), statement.Text(2)));
            return apps;
        }, ct);

    public ValueTask AddAsync(string name, string definition, CancellationToken ct)
    {
        setup.Session.Prepare("INSERT INTO apps (name, definition) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
            .Bind(name).Bind(definition).Run();
        return ValueTask.CompletedTask;
    }
}
