using System.Collections.Immutable;
using Dragoman.Engine.Accounts;
using Dragoman.Engine.Notices;
using static Dragoman.Testing.TestEngine;

namespace Dragoman.Engine.Tests.Accounts;

public sealed class ProfileFieldTests : CredentialTest
{
    [Fact]
    public async Task Fields_are_kept_changed_and_taken_away()
    {
        Value(await UpdateAsync(Alice, Standard(("gender", "2"), ("signature", "here"), ("birthday", "-86400000"))));
        Value(await UpdateAsync(Alice, Own(("shoe", "41"), ("hat", "L"))));
        Value(await UpdateAsync(Alice, Standard(("signature", "there"), ("gender", null), ("mail", "")) with { Traits = Map(("x.y", "z")) }));
        Value(await UpdateAsync(Alice, Own(("hat", null))));
        await RestartAsync();

        var alice = (await AccountAsync(Alice))!;
        Assert.Equivalent(new Dictionary<string, string> { ["signature"] = "there", ["birthday"] = "-86400000" }, alice.Profile, strict: true);
        Assert.Equivalent(new Dictionary<string, string> { ["shoe"] = "41" }, alice.Fields, strict: true);
        Assert.Equal("z", Assert.Single(alice.Traits).Value);
    }

    [Fact]
    public async Task A_newcomer_may_come_with_them()
    {
        var profile = ImmutableDictionary<string, string>.Empty.Add("gender", "1");
        Value(await RegisterAsync(New(Dora) with { Account = New(Dora).Account with { Profile = profile } }));

        Assert.Equal("1", (await AccountAsync(Dora))!.Profile["gender"]);
        var wrong = New(new("erna")).Account with { Profile = profile.SetItem("gender", "3") };
        Assert.Equal(Condition.FieldValueInvalid, ConditionOf(await RegisterAsync(new Newcomer(wrong))));
    }

    [Theory]
    [InlineData("shoe", "41", Condition.FieldUnknown)]
    [InlineData("gender", "0", Condition.FieldValueInvalid)]
    [InlineData("birthday", "tomorrow", Condition.FieldValueInvalid)]
    [InlineData("level", "1.5", Condition.FieldValueInvalid)]
    [InlineData("level", "-5", Condition.None)]
    public async Task Standard_fields_have_names_and_kinds(string key, string value, Condition expected) =>
        Assert.Equal(expected, ConditionOf(await UpdateAsync(Alice, Standard((key, value)))));

    [Fact]
    public async Task Values_are_as_long_as_the_limit_and_no_longer()
    {
        Value(await UpdateAsync(Alice, Standard(("signature", new string('ä', 256)))));
        Assert.Equal(Condition.FieldValueTooLong, ConditionOf(await UpdateAsync(Alice, Standard(("signature", new string('ä', 256) + "x")))));

        Value(await UpdateAsync(Alice, Own((new string('k', 128), "v"))));
        Assert.Equal(Condition.FieldUnknown, ConditionOf(await UpdateAsync(Alice, Own((new string('k', 129), "v")))));
        Assert.Equal(Condition.FieldUnknown, ConditionOf(await UpdateAsync(Alice, Own(("", "v")))));
        Assert.Equal(Condition.FieldValueTooLong, ConditionOf(await UpdateAsync(Alice, Own(("k", new string('v', 2049))))));
    }

    [Fact]
    public async Task All_own_fields_together_have_a_limit()
    {
        Value(await UpdateAsync(Alice, Own(("one", new string('v', 1021)), ("two", new string('v', 1021)))));

        Assert.Equal(Condition.ProfileTooLarge, ConditionOf(await UpdateAsync(Alice, Own(("x", "y")))));
        Value(await UpdateAsync(Alice, Own(("x", "y"), ("two", null))));
        Assert.Equal(["one", "x"], (await AccountAsync(Alice))!.Fields.Keys.Order());
    }

    [Fact]
    public async Task The_devices_are_told_what_was_asked_for()
    {
        Value(await UpdateAsync(Alice, Standard(("region", "Bonn"))));

        var notice = Assert.IsType<ProfileChanged>(Assert.Single(Told).Notice);
        Assert.Equal("Bonn", notice.Change!.Profile!["region"]);
        Assert.Equal("Bonn", ((ProfileChanged)NoticeJson.Read(NoticeJson.Write(notice))!).Change!.Profile!["region"]);
    }

    private static ProfileChange Standard(params (string, string?)[] fields) => new() { Profile = Map(fields) };

    private static ProfileChange Own(params (string, string?)[] fields) => new() { Fields = Map(fields) };

    private static Dictionary<string, string?> Map(params (string Key, string? Value)[] fields) => fields.ToDictionary(f => f.Key, f => f.Value);
}
