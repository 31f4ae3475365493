using System.Globalization;
using System.Text.Json;
using Dragoman.Dialects.Conformance.OpenIm.Host;

namespace Dragoman.Dialects.Conformance.OpenIm.Business;

/// <summary>Somebody who has registered.</summary>
internal sealed record Person(string Id, string Phone, string Password, string ChatToken, string ImToken);

/// <summary>A test about the business server, with what its clients do.</summary>
public abstract class BusinessTest(BusinessServer server)
{
    private const int Web = 5;
    private static int s_phones;

    protected BusinessServer Server { get; } = server;

    private protected OpenImAppClient Demo => Server.Demo;

    /// <summary>The app with a code of its own, which spares the codes.</summary>
    private protected OpenImAppClient Super => Server.App("super");

    /// <summary>A number that no other test has.</summary>
    protected static string NewPhone() =>
        string.Create(CultureInfo.InvariantCulture, $"138{Interlocked.Increment(ref s_phones):D8}");

    private protected static Task<ApiReply> SendCodeAsync(OpenImAppClient app, string phone, int usedFor = 1) =>
        app.PostAsync("/account/code/send", new { usedFor, areaCode = "+86", phoneNumber = phone, platform = Web });

    /// <summary>The newest code that the app's own server got for a phone or an email.</summary>
    protected string CodeOf(string phoneOrEmail) =>
        Server.Receiver.CallsOf("code").Last(call => call.Names(phoneOrEmail)).String("code");

    /// <param name="change">Further members of <c>user</c>.</param>
    private protected static Task<ApiReply> RegisterAsync(
        OpenImAppClient app, string phone, string code, string invitation = "", object? change = null, string? token = null)
    {
        var user = new Dictionary<string, object> { ["nickname"] = $"Nick {phone}", ["areaCode"] = "+86", ["phoneNumber"] = phone, ["password"] = $"md5 of {phone}" };
        foreach (var member in JsonSerializer.SerializeToElement(change ?? new { }).EnumerateObject()) user[member.Name] = member.Value;
        return app.PostAsync("/account/register", new { invitationCode = invitation, verifyCode = code, platform = Web, autoLogin = true, user }, token);
    }

    /// <summary>Somebody new in an app that has a code of its own.</summary>
    private protected static async Task<Person> NewPersonAsync(OpenImAppClient app, object? change = null)
    {
        var phone = NewPhone();
        var data = (await RegisterAsync(app, phone, BusinessServer.SuperCode, change: change)).Succeeded().Data;
        return new(Text(data, "userID"), phone, $"md5 of {phone}", Text(data, "chatToken"), Text(data, "imToken"));
    }

    private protected static Task<ApiReply> LoginAsync(OpenImAppClient app, string phone, string password, int platform = Web) =>
        app.PostAsync("/account/login", new { areaCode = "+86", phoneNumber = phone, password, platform });

    private protected static Task<ApiReply> LoginWithCodeAsync(OpenImAppClient app, string phone, string verifyCode) =>
        app.PostAsync("/account/login", new { areaCode = "+86", phoneNumber = phone, verifyCode, platform = Web });

    /// <summary>Two tokens of one second would be the same one.</summary>
    protected void NextSecond() => Server.Clock.Advance(TimeSpan.FromSeconds(1));

    private protected static async Task<JsonElement> FullAsync(OpenImAppClient app, string token, string userId)
    {
        var reply = await app.PostAsync("/user/find/full", new { userIDs = new[] { userId } }, token);
        return reply.Succeeded().Data.GetProperty("users").EnumerateArray().Single();
    }

    protected static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    protected static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    /// <summary>Of the users of an answer, whose list is null when it is empty.</summary>
    protected static string[] Ids(JsonElement data) =>
        data.GetProperty("users") is { ValueKind: JsonValueKind.Array } users ? [.. users.EnumerateArray().Select(user => Text(user, "userID"))] : [];
}
