namespace Dragoman.Dialects.Conformance.OpenIm.Codecs;

/// <summary>Bad input, the same on every run: random bytes, and valid frames with a few things wrong.</summary>
internal static class Fuzz
{
    /// <summary>Calls <paramref name="check"/> with <paramref name="count"/> inputs, and says which one it was that threw.</summary>
    public static void Run(int seed, int count, IReadOnlyList<byte[]> valid, Action<byte[]> check)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var input = random.Next(8) == 0 ? RandomBytes(random) : Mutate(random, valid);
            try
            {
                check(input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"input {i} of seed {seed}: {Convert.ToHexString(input)}", e);
            }
        }
    }

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(Random random, IReadOnlyList<byte[]> valid)
    {
        var bytes = valid[random.Next(valid.Count)].ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(7))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.Insert(at, (byte)random.Next(256)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes[at] = (byte)(random.Next(2) * 255); break;
                default: Splice(random, bytes, valid[random.Next(valid.Count)], at); break;
            }
        }
        return [.. bytes];
    }

    private static void Splice(Random random, List<byte> bytes, byte[] other, int at)
    {
        var start = random.Next(other.Length);
        var length = random.Next(Math.Min(40, other.Length - start) + 1);
        bytes.InsertRange(at, other.AsSpan(start, length).ToArray());
    }
}
