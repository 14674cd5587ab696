using System.Globalization;
using System.Security.Cryptography;
using Kawaraban.Fetching;

namespace Kawaraban.Tests.Fetching;

/// <summary>The embedded rules are those of the published list, and are found in it.</summary>
public sealed class PublicSuffixListTests
{
    private const string Published = "/usr/share/publicsuffix/public_suffix_list.dat";

    private static readonly string Embedded = Path.Combine(RepositoryFolder.Path, "src/Kawaraban/Fetching/public-suffixes.txt");

    [Fact]
    public void The_embedded_list_is_written_from_the_published_one()
    {
        Assert.SkipUnless(File.Exists(Published), "Debian's package publicsuffix is not installed");
        var text = Header() + string.Join('\n', Rules()) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_SUFFIXES") == "1")
            File.WriteAllText(Embedded, text);
        var embedded = File.ReadAllText(Embedded);
        Assert.SkipUnless(embedded.Contains(Hash(), StringComparison.Ordinal), "the installed list is another version; UPDATE_PUBLIC_SUFFIXES=1 takes it over");
        Assert.Equal(text, embedded);
    }

    [Fact]
    public void Every_rule_is_found()
    {
        var rules = File.ReadLines(Embedded).SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal)).ToArray();
        var all = rules.ToHashSet();
        Assert.True(rules.Length > 5000);
        foreach (var rule in rules)
        {
            if (rule[0] == '!')
                Assert.Equal(rule[1..], Registrable("a." + rule[1..]));
            else if (rule[0] == '*')
                Assert.Equal($"b.any{rule[1..]}", Registrable($"a.b.any{rule[1..]}"));
            else if (!all.Contains("*." + rule))
                Assert.Equal("b." + rule, Registrable("a.b." + rule));
        }
    }

    [Theory]
    [InlineData("com", "com")]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("uk.com", "uk.com")]
    [InlineData("co.uk", "co.uk")]
    [InlineData("a.example.co.uk", "example.co.uk")]
    [InlineData("jp", "jp")]
    [InlineData("a.b.jp", "b.jp")]
    [InlineData("a.b.kyoto.jp", "b.kyoto.jp")]
    [InlineData("a.b.ide.kyoto.jp", "b.ide.kyoto.jp")]
    [InlineData("c.kobe.jp", "c.kobe.jp")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("ck", "ck")]
    [InlineData("a.ck", "a.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("a.b.test", "b.test")]
    [InlineData("", "")]
    public void The_prevailing_rule_is_an_exception_or_else_the_longest(string host, string domain) => Assert.Equal(domain, Registrable(host));

    private static string Registrable(string host) => PublicSuffixes.RegistrableDomain(host).ToString();

    private static string Hash() => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Published)));

    private static string Header() => $"""
        // This Source Code Form is subject to the terms of the Mozilla Public
        // License, v. 2.0. If a copy of the MPL was not distributed with this
        // file, You can obtain one at https://mozilla.org/MPL/2.0/.
        //
        // Rules of the Public Suffix List, https://publicsuffix.org/list/, in the order of their bytes, written by PublicSuffixListTests:
        // those of the ICANN section, without comments, in punycode, and without single labels, which the rule "*" of the algorithm says as well.
        // SHA-256 of the public_suffix_list.dat they were taken from: {Hash()}

        """.ReplaceLineEndings("\n");

    private static IEnumerable<string> Rules()
    {
        var punycode = new IdnMapping();
        return File.ReadLines(Published)
            .TakeWhile(line => !line.Contains("===END ICANN DOMAINS===", StringComparison.Ordinal))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0])
            .Where(rule => rule.Contains('.', StringComparison.Ordinal))
            .Select(rule => string.Join('.', rule.Split('.').Select(label => System.Text.Ascii.IsValid(label) ? label : punycode.GetAscii(label))))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }
}
