using Dragoman.Dialects.Agora;
using Dragoman.Engine;
using Xunit;

namespace Dragoman.Dialects.Conformance.Agora;

public sealed class ErrorTableTests
{
    [Fact]
    public void Every_condition_has_a_row() =>
        Assert.Empty(Enum.GetValues<Condition>().Except([Condition.None]).Except(AgoraErrors.Table.Keys));

    [Fact]
    public void No_status_is_one_on_which_clients_never_settle() =>
        Assert.DoesNotContain(AgoraErrors.Table.Values, error => error.Status is < 400 or 406 || error.Description.Length == 0);
}
