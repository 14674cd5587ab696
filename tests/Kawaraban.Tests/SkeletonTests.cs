namespace Kawaraban.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void The_house_stands() => Assert.NotNull(typeof(SkeletonTests).Assembly);
}
