using Dragoman.Dialects.OpenIm;
using Dragoman.Engine;
using Xunit;

namespace Dragoman.Dialects.Conformance.OpenIm;

public sealed class ErrorTableTests
{
    [Fact]
    public void Every_condition_has_a_row() =>
        Assert.Equal([Condition.None], Enum.GetValues<Condition>().Except(OpenImErrors.Table.Keys));

    [Fact]
    public void No_row_claims_success() => Assert.DoesNotContain(OpenImErrors.Table.Values, e => e.Code == 0 || e.Message.Length == 0);

    /// <summary>Except 500, which is what the vendor answers with a raw text where it has no code.</summary>
    [Fact]
    public void One_code_has_one_symbol() =>
        Assert.All(OpenImErrors.Table.Values.Where(e => e.Code != OpenImErrors.Internal.Code).GroupBy(e => e.Code), code => Assert.Single(code.Select(e => e.Message).Distinct()));
}
