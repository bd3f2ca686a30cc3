using System.Net;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Webhooks;

namespace Bellhop.Tests.Platform.Web;

public class OutsideHttpTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:4136:e378::", false)]
    [InlineData("2001:db8::1", false)]
    public void Only_public_addresses_are_called(string address, bool isCalled) =>
        new OutsideNetworks(null).MayCall(IPAddress.Parse(address)).ShouldBe(isCalled);

    [Fact]
    public void Networks_that_the_operator_allows_are_called_however_their_addresses_are_written()
    {
        var networks = new OutsideNetworks("10.0.0.0/8, fd00::/8");

        ((string[])["10.1.2.3", "::ffff:10.1.2.3", "fd00::1"]).ShouldAllBe(a => networks.MayCall(IPAddress.Parse(a)));
        ((string[])["127.0.0.1", "192.168.0.1", "::1"]).ShouldAllBe(a => !networks.MayCall(IPAddress.Parse(a)));
        Should.Throw<OperatorProblem>(() => new OutsideNetworks("10.0.0.0/40"));
    }

    [Fact]
    public async Task A_name_that_leads_to_loopback_is_refused_when_it_connects()
    {
        await using var receiver = await Receiver.Start();
        using var outside = Hooks.MakeOutside("10.0.0.0/8");
        var port = new Uri(receiver.Url).Port;
        foreach (var url in (string[])[$"http://localhost:{port}/", $"https://localhost:{port}/", $"http://127.0.0.1:{port}/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url);
            (await outside.Send(request, TestContext.Current.CancellationToken)).Failure.ShouldBe(OutsideFailure.Address, url);
        }

        receiver.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_encryption_only_allowed_networks_are_called_and_a_false_certificate_is_no_answer()
    {
        await using var receiver = await Receiver.Start();
        using var outside = Hooks.MakeOutside("127.0.0.0/8");
        using var plain = new HttpRequestMessage(HttpMethod.Post, "http://8.8.8.8/");
        (await outside.Send(plain, TestContext.Current.CancellationToken)).Failure.ShouldBe(OutsideFailure.Address);

        using var notTls = new HttpRequestMessage(HttpMethod.Post, receiver.Url.Replace("http:", "https:", StringComparison.Ordinal));
        (await outside.Send(notTls, TestContext.Current.CancellationToken)).Status.ShouldBeNull();
        receiver.Calls.ShouldBeEmpty();
    }
}
