using Dragoman.Engine.Ports;
using Dragoman.Storage.Sql.Writing;

namespace Dragoman.Storage.Sql.Files;

internal static class FileChanges
{
    public static void Enter(ChangeTable table)
    {
        table.OnClaim<OpenUpload>((to, change) => UploadRows.Open(to.Db, change, to.Now));
        table.OnClaim<EndUpload>((to, change) => UploadRows.End(to.Db, change));
        table.On<ForgetUploads>((to, change) => UploadRows.Forget(to.Db, change));
        table.OnClaim<PutFile>((to, change) => FileRows.Put(to.Db, change));
        table.On<RemoveFile>((to, change) => FileRows.Remove(to.Db, change.App, change.Name));
        table.On<ForgetDiscarded>((to, change) => FileRows.ForgetDiscarded(to.Db, change));
        table.On<KeepFileKey>((to, change) => FileRows.KeepKey(to.Db, change));
    }
}
