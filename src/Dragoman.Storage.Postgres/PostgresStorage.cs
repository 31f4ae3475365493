using Dragoman.Engine.Ports;
using Dragoman.Storage.Postgres.Connections;
using Dragoman.Storage.Postgres.Writing;
using Dragoman.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Dragoman.Storage.Postgres;

/// <summary>The engine's ports on a PostgreSQL database: <c>AddPostgresStorage(options)</c> is the whole feature.</summary>
public static class PostgresStorage
{
    /// <param name="options">The database exists; it is migrated when the services are first asked for.</param>
    public static IServiceCollection AddPostgresStorage(this IServiceCollection services, PostgresOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PgServer>().AddSingleton<IStorageHealth>(s => s.GetRequiredService<PgServer>());
        services.AddSingleton<PgDatabase>().AddSingleton<ISqlSetup>(s => s.GetRequiredService<PgDatabase>());
        services.AddSingleton<ISqlReaders, PgReaders>();
        services.AddSingleton<ICommitStore, PgCommitStore>();
        services.AddSqlStores();
        return services;
    }
}
