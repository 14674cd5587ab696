using Kawaraban.Storage;

namespace Kawaraban.Tests.Storage;

public sealed class SealedTextTests
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void What_was_sealed_opens_for_the_same_purpose()
    {
        var seal = new SealedText(() => [Old]);
        Assert.Equal("秘密", seal.Open(seal.Seal("秘密", "a of 1"), "a of 1"));
    }

    [Fact]
    public void It_does_not_open_in_another_place_or_when_it_was_changed()
    {
        var seal = new SealedText(() => [Old]);
        var box = seal.Seal("秘密", "a of 1");
        Assert.Throws<StorageException>(() => seal.Open(box, "a of 2"));
        Assert.Throws<StorageException>(() => seal.Open(box[..^2] + (box[^2] == 'A' ? "BA" : "AA"), "a of 1"));
        Assert.Throws<StorageException>(() => seal.Open("plain", "a of 1"));
        Assert.Throws<StorageException>(() => seal.Open("v1.00000000.AAAA", "a of 1"));
    }

    [Fact]
    public void A_new_key_seals_and_the_old_one_still_opens()
    {
        var box = new SealedText(() => [Old]).Seal("秘密", "a");
        var both = new SealedText(() => [New, Old]);
        Assert.Equal("秘密", both.Open(box, "a"));
        Assert.Throws<StorageException>(() => new SealedText(() => [Old]).Open(both.Seal("秘密", "a"), "a"));
    }

    [Fact]
    public void The_same_text_is_sealed_differently_each_time() =>
        Assert.NotEqual(new SealedText(() => [Old]).Seal("秘密", "a"), new SealedText(() => [Old]).Seal("秘密", "a"));

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAA")]
    public void What_is_no_key_is_refused(string text) => Assert.Null(SealedText.ReadKeys(text));
}
