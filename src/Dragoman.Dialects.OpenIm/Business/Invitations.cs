using Dragoman.Dialects.OpenIm.Apps;
using Dragoman.Engine.Ports;

namespace Dragoman.Dialects.OpenIm.Business;

/// <summary>Who may register.</summary>
internal sealed class Invitations(ILoginNameStore names)
{
    /// <returns>Null when he may; or 20012, 1001, 20011, 20010.</returns>
    public async ValueTask<OpenImError?> CheckAsync(OpenImApp app, string invitationCode, CancellationToken ct)
    {
        var settings = app.Settings.Business!;
        if (!settings.AllowRegister) return OpenImErrors.Forbidden.With("register user is disabled");
        if (!settings.NeedInvitationCode) return null;
        if (invitationCode.Length == 0) return OpenImErrors.Args.With("invitation code is empty");
        if (!settings.InvitationCodes.Contains(invitationCode, StringComparer.Ordinal)) return OpenImErrors.InvitationNotFound;
        return await names.IsSpentAsync(app.Id, invitationCode, ct) ? OpenImErrors.InvitationCodeUsed : null;
    }
}
