using Dragoman.Dialects.OpenIm.Protos;
using Dragoman.Engine.Files;
using Dragoman.Gateway.Files;

namespace Dragoman.Dialects.OpenIm.Rest.Object;

/// <summary>Addresses of parts in the vendor's form. The signature is in the address: no query and no header is to be added.</summary>
internal static class SignedPartViews
{
    public static IEnumerable<SignPart> Of(IEnumerable<PartAddress> parts, string baseUrl) =>
        parts.Select(p => new SignPart { PartNumber = p.Number, Url = FileAddresses.Spell(p.Address, baseUrl) });
}
