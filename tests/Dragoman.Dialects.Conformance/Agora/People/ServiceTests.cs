using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dragoman.Dialects.Agora.Auth;
using Dragoman.Dialects.Conformance.Agora.Host;
using Dragoman.Dialects.Conformance.Agora.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora.People;

/// <summary>Translation, speech, reports: what the app's own server does; and tokens for calls.</summary>
public sealed class ServiceTests(ServiceTests.Apps server) : IClassFixture<ServiceTests.Apps>
{
    private static readonly HttpClient Http = new();
    private readonly AgoraAppClient _app = server.App("served");

    /// <summary>The app's own server answers as it is told by what it is asked.</summary>
    public sealed class Apps : AgoraServer
    {
        private readonly WebApplication _services = Serve();

        internal List<JsonElement> Reports { get; } = [];

        internal override IReadOnlyList<(string Name, string Settings)> AppSettings
        {
            get
            {
                var url = Start();
                return
                [
                    ("demo", """{"rateLimit":{"calls":0}}"""),
                    ("served", $$$"""
                    {"rateLimit":{"calls":0},"services":{"translate":"{{{url}}}/translate","languages":"{{{url}}}/languages","report":"{{{url}}}/report","transcribe":"{{{url}}}/speech","secret":"s"}}
                    """),
                ];
            }
        }

        private string Start()
        {
            if (_services.Urls.Count > 0 && _isStarted) return _services.Urls.First();
            _isStarted = true;
            _services.MapPost("/translate", async (HttpRequest request) =>
            {
                var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
                var text = body.GetProperty("text").GetString()!;
                if (request.Headers.Authorization != "Bearer s") return Results.Json(new { error = "stranger" }, statusCode: 401);
                if (text.StartsWith('!')) return Results.Json(new { error = text[1..] }, statusCode: 400);
                return Results.Json(new { translations = body.GetProperty("to").EnumerateArray().Select(to => new { to = to.GetString(), text = text.ToUpperInvariant() }) });
            });
            _services.MapPost("/languages", () => Results.Json(new { languages = new[] { new { code = "en", name = "English", nativeName = "English" } } }));
            _services.MapPost("/report", async (HttpRequest request) =>
            {
                var report = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
                lock (Reports) Reports.Add(report);
                return Results.Ok();
            });
            _services.MapPost("/speech", async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                var text = await reader.ReadToEndAsync();
                if (text.Contains('!', StringComparison.Ordinal)) return Results.Json(new { error = text.Split('!')[1] }, statusCode: 400);
                return Results.Json(new { text = request.ContentType!.Split(';')[0] });
            });
            _services.StartAsync().GetAwaiter().GetResult();
            return _services.Urls.First();
        }

        private bool _isStarted;

        private static WebApplication Serve()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            return app;
        }
    }

    [Fact]
    public async Task Texts_are_translated_by_the_apps_own_server()
    {
        var alice = await _app.NewUserAsync();
        var path = $"/users/{alice}/translate";
        var reply = (await AsAsync(alice, "POST", path, new { text = "hello", to = new[] { "en", "de" } })).Succeeded();

        Assert.Equal("""[{"translations":[{"to":"en","text":"HELLO"},{"to":"de","text":"HELLO"}]}]""", reply.Data.GetRawText());
        Assert.Equal("""[{"translations":[{"to":"en","text":"X"}]}]""", (await _app.AdminAsync("POST", "/translate", new { text = "x", to = new[] { "en" } })).Succeeded().Text);
        Assert.Equal("en", (await AsAsync(alice, "GET", path + "/support/language")).Data.EnumerateArray().Single().GetProperty("code").GetString());
        Assert.StartsWith("[", (await _app.AdminAsync("GET", "/translate/support/language")).Succeeded().Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"!language","to":["xx"]}""", 400, "The target language is not valid.")]
    [InlineData("""{"text":"x","to":[]}""", 400, "The target language is not valid.")]
    [InlineData("""{"text":"!length","to":["en"]}""", 400, "The input text is too long.")]
    [InlineData("""{"text":"!quota","to":["en"]}""", 429, "The request has reached the maximum limit")]
    [InlineData("""{"text":"!anything","to":["en"]}""", 500, "translte failed!")]
    [InlineData("""{"to":["en"]}""", 400, "An input text is missing or invalid")]
    public async Task What_cannot_be_translated_is_refused_in_the_clients_words(string body, int status, string description)
    {
        var alice = await _app.NewUserAsync();
        var reply = await AsAsync(alice, "POST", $"/users/{alice}/translate", body);
        Assert.Equal((status, description), ((int)reply.Status, reply.Description));
    }

    [Fact]
    public async Task A_text_may_be_so_long()
    {
        var alice = await _app.NewUserAsync();
        (await AsAsync(alice, "POST", $"/users/{alice}/translate", new { text = new string('x', 5_000), to = new[] { "en", "de" } })).Succeeded();
        (await AsAsync(alice, "POST", $"/users/{alice}/translate", new { text = new string('x', 5_001), to = new[] { "en", "de" } }))
            .Failed(400, "illegal_argument", "The input text is too long.");
    }

    [Fact]
    public async Task A_report_reaches_the_apps_own_server()
    {
        await using var alice = await Talk.BeginAsync(_app, await _app.NewUserAsync());
        await using var bob = await Talk.BeginAsync(_app, await _app.NewUserAsync("bob"));
        var carol = await _app.NewUserAsync("carol");
        var id = await alice.SayAsync(alice.Person(bob.User), Talk.Text("rude"));
        var report = new { username = bob.User, reportType = "adult", reportReason = "why" };
        (await AsAsync(bob.User, "POST", $"/user/{bob.User}/moderation/report/message/{id}", report)).Succeeded();

        var told = server.Reports.Single(r => r.GetProperty("messageId").GetString() == $"{id}");
        Assert.Equal((bob.User, "adult", "why"), (told.GetProperty("user").GetString(), told.GetProperty("reportType").GetString(), told.GetProperty("reportReason").GetString()));
        Assert.Equal((alice.User, "rude"), (told.GetProperty("message").GetProperty("from").GetString(), told.GetProperty("message").GetProperty("text").GetString()));
        const string unknown = "report failed, get message by id failed";
        (await AsAsync(carol, "POST", $"/user/{carol}/moderation/report/message/{id}", report)).Failed(400, "illegal_argument", unknown);
        (await AsAsync(carol, "POST", $"/user/{carol}/moderation/report/message/4711", report)).Failed(400, "illegal_argument", unknown);
        (await AsAsync(bob.User, "POST", $"/user/{bob.User}/moderation/report/message/{id}", new { reportType = "x", reportReason = new string('r', 513) })).Failed(400, "illegal_argument");
    }

    [Theory]
    [InlineData("voice", 200, "")]
    [InlineData("!missing!", 404, "4041001")]
    [InlineData("!file!", 400, "4001002")]
    [InlineData("!duration!", 400, "4001003")]
    [InlineData("!quota!", 403, "4031002")]
    [InlineData("!upload!", 502, "5021001")]
    [InlineData("!anything!", 500, "5001001")]
    public async Task Speech_becomes_text_or_a_number(string file, int status, string code)
    {
        var alice = await _app.NewUserAsync();
        var reply = await SpeechAsync(_app, alice, "transcriptions", new StringContent(JsonSerializer.Serialize(new { data = new { fileId = file, username = alice } }), Encoding.UTF8, "application/json"));
        Assert.Equal(status, (int)reply.Status);
        if (status == 200) Assert.Equal("application/json", reply.Data.GetProperty("text").GetString());
        else Assert.Equal(code, reply.Root.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Sound_is_handed_on_as_it_comes()
    {
        var alice = await _app.NewUserAsync();
        var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "a.wav" } };
        Assert.Equal("multipart/form-data", (await SpeechAsync(_app, alice, "recognitions", form)).Succeeded().Data.GetProperty("text").GetString());
        var wrong = await SpeechAsync(_app, alice, "recognitions", new StringContent("x"));
        Assert.Equal("4001001", wrong.Root.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_an_address_a_service_is_not_open()
    {
        var app = server.Demo;
        var alice = await app.NewUserAsync();
        var token = await app.UserTokenAsync(alice);
        (await app.CallAsync("POST", $"/users/{alice}/translate", new { text = "x", to = new[] { "en" } }, token)).Failed(403, "forbidden_op", "translate service not open!");
        (await app.CallAsync("GET", $"/users/{alice}/translate/support/language", token: token)).Failed(403, "forbidden_op", "translate service not open!");
        (await app.AdminAsync("POST", "/translate", new { text = "x", to = new[] { "en" } })).Failed(503, "service_unavailable", "service not open");
        (await app.CallAsync("POST", $"/user/{alice}/moderation/report/message/1", new { reportType = "x" }, token)).Failed(403, "forbidden_op", "message report not open");
        var speech = await SpeechAsync(app, alice, "transcriptions", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal((403, "4031001"), ((int)speech.Status, speech.Root.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Tokens_for_calls_are_under_the_number_of_the_account()
    {
        var app = server.Demo;
        var alice = await app.NewUserAsync();
        var reply = (await app.CallAsync("GET", $"/users/{alice}/token/rtc?channelName=c", token: await app.UserTokenAsync(alice))).Succeeded().Root;
        var number = reply.GetProperty("rtcUid").GetInt64();

        Assert.Equal((app.AppId, "c", 86_400), (reply.GetProperty("app_id").GetString(), reply.GetProperty("channel_name").GetString(), reply.GetProperty("expires_in").GetInt32()));
        var parsed = AccessToken007.Parse(reply.GetProperty("rtc_token").GetString()!)!;
        Assert.True(parsed.IsSignedWith(app.Certificate));
        Assert.Equal((app.AppId, 86_400u), (parsed.AppId, parsed.Life));
        var mapped = await app.CallAsync("POST", "/rtc_mapper/batch/get", new { data = new[] { number, 2_000_000_000 } }, await app.UserTokenAsync(alice));
        Assert.Equal($$"""{"{{number}}":"{{alice}}"}""", mapped.Succeeded().Data.GetRawText());
        (await app.CallAsync("GET", $"/users/{alice}/token/rtc?channelName={new string('c', 65)}", token: await app.UserTokenAsync(alice))).Failed(400, "illegal_argument");
    }

    private async Task<RestReply> AsAsync(string user, string method, string path, object? body = null) =>
        await _app.CallAsync(method, path, body, await _app.UserTokenAsync(user));

    private static async Task<RestReply> SpeechAsync(AgoraAppClient app, string user, string route, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Server.Address, $"/agora/api/sdk/v1/{app.Org}/{app.Name}/speech/{route}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await app.UserTokenAsync(user));
        using var response = await Http.SendAsync(request);
        var headers = response.Content.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync(), headers);
    }
}
