using Kennel.Core.Secrets;
using static Kennel.Tests.Secrets.Specifications;

namespace Kennel.Tests.Secrets;

public sealed class ResolutionTests
{
    private const string Canary = "canary-value-3f9a";

    [Fact]
    public void An_empty_value_is_a_value() =>
        Assert.Equal(["A="], Resolved(Planned(File("""{ "prod": { "A": {} } }""")), ("A", "")));

    [Fact]
    public void An_empty_value_is_not_replaced_by_a_default() =>
        Assert.Equal(["A="], Resolved(Planned(File("""{ "prod": { "A": { "default": "d" } } }""")), ("A", "")));

    [Fact]
    public void What_is_absent_and_need_not_be_there_is_left_out() =>
        Assert.Equal(
            ["B=b"],
            Resolved(Planned(File("""{ "prod": { "A": { "required": false }, "B": {} } }""")), ("B", "b"))
        );

    [Fact]
    public void All_values_together_fit_into_what_a_unit_may_be_given()
    {
        var many = string.Join(
            ',',
            Range(1, 12).Select(n => $"\"X{n}\": {{ \"composed\": \"${{D}}${{D}}\", \"as_path\": true }}")
        );
        var plan = Planned(File($"{{ \"prod\": {{ \"D\": {{}}, {many} }} }}"));

        Assert.Equal(25, Resolved(plan, ("D", "x")).Sum(it => it.Count(letter => letter == 'x')));
        Assert.Contains(
            "the secrets are longer than 1048576 bytes in all",
            Faults(plan, ("D", new string('x', 120 << 10)))
        );
    }

    [Fact]
    public void All_that_is_missing_is_told_at_once() =>
        Assert.Equal(
            ["A is required and not at secretspec/hello/prod/A", "C is required and not at shared/c (field f)"],
            Faults(
                Planned(
                    File("""{ "prod": { "A": {}, "B": {}, "C": { "ref": { "item": "shared/c", "field": "f" } } } }""")
                ),
                ("B", "b")
            )
        );

    [Fact]
    public void Of_a_group_that_needs_exactly_one_there_may_be_no_two()
    {
        var plan = Planned(
            File(
                """
                {
                  "prod": {
                    "A": { "required": { "exactly_one": "g" } },
                    "B": { "required": { "exactly_one": ["g", "h"] } },
                    "C": { "required": { "exactly_one": "h" } }
                  }
                }
                """
            )
        );

        Assert.Equal(["B=b"], Resolved(plan, ("B", "b")));
        Assert.Equal(["exactly one of A, B may be there, and there are A, B"], Faults(plan, ("A", "a"), ("B", "b")));
        Assert.Equal(
            ["exactly one of A, B is required and none is there", "exactly one of B, C is required and none is there"],
            Faults(plan)
        );
    }

    [Fact]
    public void A_group_of_one_is_refused() =>
        Assert.Equal(
            [
                "secretspec.toml: profiles.prod.A.required: got \"g\"; "
                    + "expected a group to which two or more secrets of the profile belong",
            ],
            Problems(Plan(File("""{ "prod": { "A": { "required": { "at_least_one": "g" } } } }"""), Prod))
        );

    [Theory]
    [InlineData("base64", "aGVsbG8=", "hello")]
    [InlineData("base64", "aGVsbG8=\n", "hello")]
    [InlineData("base64url", "Pz8-", "??>")]
    [InlineData("base64url", "aGVsbG8", "hello")]
    [InlineData("hex", "68656C6c6f", "hello")]
    public void A_stored_value_is_decoded(string encoding, string stored, string value) =>
        Assert.Equal(
            [$"A={value}"],
            Resolved(Planned(File($$"""{ "prod": { "A": { "encoding": "{{encoding}}" } } }""")), ("A", stored))
        );

    [Theory]
    [InlineData("base64", "Pz8-")]
    [InlineData("base64url", "?")]
    [InlineData("hex", "xyz")]
    public void What_is_not_encoded_as_declared_is_a_fault_that_shows_nothing_of_it(string encoding, string stored) =>
        Assert.Equal(
            [$"A is declared as {encoding} and is not"],
            Faults(Planned(File($$"""{ "prod": { "A": { "encoding": "{{encoding}}" } } }""")), ("A", stored))
        );

    [Theory]
    [InlineData("json", "/db/password", "{\"db\":{\"password\":\"p\"}}", "p")]
    [InlineData("json", "/port", "{\"port\":5432}", "5432")]
    [InlineData("json", "/on", "{\"on\":true}", "true")]
    [InlineData("json", "/none", "{\"none\":null}", "null")]
    [InlineData("json", "/list/1", "{\"list\":[1,{ \"a\" : \"ü\" }]}", "{\"a\":\"ü\"}")]
    [InlineData("json", "/a~1b/~0c", "{\"a/b\":{\"~c\":\"x\"}}", "x")]
    [InlineData("json", "", "[1, 2]", "[1,2]")]
    [InlineData("ini", "/key", "key = v # not a comment", "v # not a comment")]
    [InlineData("ini", "/section/key", "key=no\n[section]\n; comment\nkey: \"quoted\"", "quoted")]
    public void A_part_of_a_stored_document_is_taken_out(string format, string pointer, string stored, string value) =>
        Assert.Equal([$"A={value}"], Resolved(Planned(Extracted(format, pointer)), ("A", stored)));

    [Theory]
    [InlineData("json", "/a", "{}")]
    [InlineData("json", "/a", "not json")]
    [InlineData("json", "/list/01", "{\"list\":[1,2]}")]
    [InlineData("json", "/list/2", "{\"list\":[1,2]}")]
    [InlineData("ini", "/section/key", "key=v")]
    public void Where_the_document_has_nothing_that_is_a_fault(string format, string pointer, string stored) =>
        Assert.StartsWith(
            $"A has nothing at {pointer}",
            Assert.Single(Faults(Planned(Extracted(format, pointer)), ("A", stored))),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("json", "a")]
    [InlineData("json", "/a~2")]
    [InlineData("ini", "")]
    [InlineData("ini", "/a/b/c")]
    [InlineData("ini", "//a")]
    public void A_pointer_that_leads_nowhere_in_any_document_is_refused(string format, string pointer) =>
        Assert.Single(Problems(Read(Extracted(format, pointer))));

    [Fact]
    public void A_default_is_neither_decoded_nor_taken_apart() =>
        Assert.Equal(
            ["A=plain"],
            Resolved(Planned(File("""{ "prod": { "A": { "default": "plain", "encoding": "base64" } } }""")))
        );

    [Fact]
    public void Bytes_can_be_given_as_a_file_only()
    {
        var stored = ("A", "/w==");

        Assert.Equal(
            ["A has bytes that cannot stand in a variable; as_path = true gives it as a file"],
            Faults(Planned(File("""{ "prod": { "A": { "encoding": "base64" } } }""")), stored)
        );
        var secret = Resolve(
                Planned(File("""{ "prod": { "A": { "encoding": "base64", "as_path": true } } }""")),
                stored
            )
            .Match(it => it.Head(), _ => throw new InvalidOperationException());
        Assert.Equal([0xff], secret.Value.Reveal().ToArray());
        Assert.True(secret.AsPath);
    }

    [Fact]
    public void What_no_program_could_be_given_is_told_before_one_is_started() =>
        Assert.Equal(
            [
                "A is longer than 131071 bytes",
                "B has bytes that cannot stand in a variable; as_path = true gives it as a file",
            ],
            Faults(
                Planned(File("""{ "prod": { "A": {}, "B": {} } }""")),
                ("A", new string('a', 131_069)),
                ("B", "a\0b")
            )
        );

    [Fact]
    public void No_fault_and_no_secret_shows_a_value()
    {
        var plan = Planned(
            File(
                """
                {
                  "prod": {
                    "A": { "encoding": "hex" },
                    "B": { "extract": { "format": "json", "pointer": "/x" } },
                    "C": {},
                    "D": { "composed": "${C}${E}" },
                    "E": {}
                  }
                }
                """
            )
        );

        var faults = Resolve(plan, ("A", Canary), ("B", Canary), ("C", Canary + '\0'));
        var resolved = Resolve(Planned(File("""{ "prod": { "C": {} } }""")), ("C", Canary));

        Assert.DoesNotContain(
            Canary,
            $"{faults} {string.Join("; ", Faults(plan, ("A", Canary)))}",
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Canary,
            $"{resolved} {resolved.Match(it => it.Head(), _ => null!)}",
            StringComparison.Ordinal
        );
        Assert.Equal("(secret)", $"{SecretValue.Of(Canary)}");
    }

    private static string Extracted(string format, string pointer) =>
        File($$$"""{ "prod": { "A": { "extract": { "format": "{{{format}}}", "pointer": "{{{pointer}}}" } } } }""");
}
