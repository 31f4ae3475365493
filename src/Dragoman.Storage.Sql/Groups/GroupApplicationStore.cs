using Dragoman.Engine;
using Dragoman.Engine.Groups;
using Dragoman.Engine.Ports;

namespace Dragoman.Storage.Sql.Groups;

internal sealed class GroupApplicationStore(ISqlReaders readers) : IGroupApplicationStore
{
    public ValueTask<GroupApplication?> FindAsync(AppId app, GroupId group, UserId applicant, CancellationToken ct) =>
        readers.ReadAsync((app, group, applicant), static (db, q) =>
        {
            var statement = db.Prepare($"SELECT {ApplicationRows.Columns} FROM group_applications WHERE app = ? AND grp = ? AND user_id = ?")
                .Bind(q.app.Value).Bind(q.group.Value).Bind(q.applicant.Value);
            var application = statement.Step() ? ApplicationRows.Read(statement) : null;
            statement.Reset();
            return application;
        }, ct);

    public ValueTask<ApplicationPage> ListOfGroupsAsync(
        AppId app, IReadOnlyCollection<GroupId> groups, ApplicationFilter filter, CancellationToken ct) =>
        ListAsync(new(app, Applicant: null, [.. groups.Select(g => g.Value)], filter), ct);

    public ValueTask<ApplicationPage> ListOfApplicantAsync(
        AppId app, UserId applicant, IReadOnlyCollection<GroupId> groups, ApplicationFilter filter, CancellationToken ct) =>
        ListAsync(new(app, applicant.Value, [.. groups.Select(g => g.Value)], filter), ct);

    public ValueTask<int> CountPendingAsync(AppId app, UserId manager, long since, CancellationToken ct) =>
        readers.ReadAsync((app, manager, since), static (db, q) => (int)db.Prepare(
            """
            SELECT count(*) FROM group_members m JOIN group_applications a ON a.app = m.app AND a.grp = m.grp
            WHERE m.app = ? AND m.user_id = ? AND m.role >= ? AND a.state = ? AND a.kind <> ? AND a.requested_at >= ?
            """)
            .Bind(q.app.Value).Bind(q.manager.Value).Bind((long)GroupRole.Manager)
            .Bind((long)ApplicationState.Pending).Bind((long)ApplicationKind.InviteeAsked).Bind(q.since)
            .ScalarOr(0), ct);

    private ValueTask<ApplicationPage> ListAsync(Wanted wanted, CancellationToken ct) => readers.ReadAsync(wanted, static (db, q) =>
    {
        var total = q.Bind(db.Prepare($"SELECT count(*) FROM group_applications WHERE {q.Where}")).ScalarOr(0);
        var statement = q.Bind(db.Prepare(
            $"""
            SELECT {ApplicationRows.Columns} FROM group_applications WHERE {q.Where}
            ORDER BY requested_at DESC, grp, user_id LIMIT ? OFFSET ?
            """)).Bind(q.Filter.Take).Bind(q.Filter.Skip);
        var items = new List<GroupApplication>();
        while (statement.Step()) items.Add(ApplicationRows.Read(statement));
        return new ApplicationPage((int)total, items);
    }, ct);

    /// <param name="Applicant">Null is everybody.</param>
    /// <param name="Groups">Empty is all.</param>
    private sealed record Wanted(AppId App, string? Applicant, IReadOnlyCollection<string> Groups, ApplicationFilter Filter)
    {
        // Three states at most, so three slots: all of them when none is asked for.
        private const int StateCount = 3;

        public string Where =>
            "app = ? AND kind <> ? AND state IN (?, ?, ?)"
            + (Applicant is null ? "" : " AND user_id = ?")
            + (Groups.Count == 0 ? "" : $" AND grp IN ({SqlLists.Placeholders(Groups.Count)})");

        public SqlStatement Bind(SqlStatement statement)
        {
            statement.Bind(App.Value).Bind((long)ApplicationKind.InviteeAsked);
            ApplicationState[] states = Filter.States.Count == 0
                ? [ApplicationState.Pending, ApplicationState.Accepted, ApplicationState.Refused]
                : [.. Filter.States.Distinct()];
            for (var i = 0; i < StateCount; i++) statement.Bind((long)states[Math.Min(i, states.Length - 1)]);
            if (Applicant is not null) statement.Bind(Applicant);
            return Groups.Count == 0 ? statement : statement.BindAll(Groups);
        }
    }
}
