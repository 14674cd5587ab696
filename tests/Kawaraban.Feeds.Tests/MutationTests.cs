using CsCheck;
using Kawaraban.Fuzz;

namespace Kawaraban.Feeds.Tests;

/// <summary>Fixtures, damaged at random: nothing is thrown, memory stays in proportion, what is written is read again.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] s_fixtures =
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    [Fact]
    public void However_a_feed_is_damaged_it_is_read_or_refused_in_words() =>
        Gen.Select(Gen.Int[0, s_fixtures.Length - 1], Gen.Int[0, s_fixtures.Length - 1], Gen.Int).Sample(
            (one, other, seed) =>
            {
                var wrong = Law.Broken(Mutation.Of(s_fixtures[one], s_fixtures[other], new Random(seed)), new Uri("https://blog.example.com/feed.xml"));
                Assert.True(wrong is null, wrong);
            },
            iter: 2000);

    [Fact]
    public void Bytes_without_any_meaning_are_read_or_refused_in_words() =>
        Gen.Byte.Array[0, 2000].Sample(bytes => Assert.Null(Law.Broken(bytes, null)), iter: 300);

    [Fact]
    public void The_same_dice_damage_a_feed_in_the_same_way() =>
        Assert.Equal(Mutation.Of(s_fixtures[0], s_fixtures[1], new Random(7)), Mutation.Of(s_fixtures[0], s_fixtures[1], new Random(7)));
}
