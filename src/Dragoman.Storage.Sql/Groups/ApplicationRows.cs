using Dragoman.Engine;
using Dragoman.Engine.Groups;

namespace Dragoman.Storage.Sql.Groups;

/// <summary>Applications as rows.</summary>
internal static class ApplicationRows
{
    public const string Columns = "grp, user_id, state, inviter, message, extra, source, requested_at, handler, answer, handled_at, kind";

    public static void Put(SqlSession db, AppId app, GroupApplication application) =>
        db.Prepare(
            """
            INSERT INTO group_applications (app, grp, user_id, state, inviter, message, extra, source, requested_at, handler, answer, handled_at, kind)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (app, grp, user_id) DO UPDATE
            SET state = excluded.state, inviter = excluded.inviter, message = excluded.message, extra = excluded.extra,
                source = excluded.source, requested_at = excluded.requested_at, handler = excluded.handler, answer = excluded.answer,
                handled_at = excluded.handled_at, kind = excluded.kind
            """)
            .Bind(app.Value).Bind(application.Group.Value).Bind(application.Applicant.Value).Bind((long)application.State)
            .Bind(application.Inviter).Bind(application.Message).Bind(application.Extra).Bind((long)application.Source)
            .Bind(application.RequestedAt).Bind(application.Handler).Bind(application.Answer).Bind(application.HandledAt).Bind((long)application.Kind)
            .Run();

    /// <summary>Reads the row that the statement stands on; it selected <see cref="Columns"/>.</summary>
    public static GroupApplication Read(SqlStatement row) => new()
    {
        Group = new(row.Text(0)),
        Applicant = new(row.Text(1)),
        State = (ApplicationState)row.Int32(2),
        Inviter = row.Text(3),
        Message = row.Text(4),
        Extra = row.Text(5),
        Source = (JoinSource)row.Int32(6),
        RequestedAt = row.Int64(7),
        Handler = row.Text(8),
        Answer = row.Text(9),
        HandledAt = row.Int64(10),
        Kind = (ApplicationKind)row.Int32(11),
    };
}
