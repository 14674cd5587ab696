using System.Diagnostics;
using Kawaraban.Scheduling;

namespace Kawaraban.Tests.Scheduling;

public sealed class HolderTests
{
    [Fact]
    public void The_living_are_not_dead_and_have_names_of_their_own()
    {
        var (one, other) = (new Holder(), new Holder());
        Assert.NotEqual(one.Name, other.Name);
        Assert.False(Holder.IsDead(one.Name));
    }

    [Fact]
    public void A_process_that_ended_is_dead()
    {
        using var process = Process.Start("true");
        process.WaitForExit();
        var parts = new Holder().Name.Split('/');
        parts[2] = process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Holder.IsDead(string.Join('/', parts)));
    }

    [Fact]
    public void A_process_of_the_same_number_that_began_at_another_time_is_another()
    {
        var parts = new Holder().Name.Split('/');
        parts[3] = "1";
        Assert.True(Holder.IsDead(string.Join('/', parts)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("another-boot/pid:[1]/1/1/1")]
    [InlineData("a/b/c")]
    public void What_cannot_be_told_is_not_dead(string name) => Assert.False(Holder.IsDead(name));
}
