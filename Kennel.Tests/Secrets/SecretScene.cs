using Kennel.Core.Secrets;

namespace Kennel.Tests.Secrets;

/// <summary>Secrets of every kind.</summary>
internal static class SecretScene
{
    public static SecretPlan Plan { get; } =
        Specifications.Planned(
            Specifications.File(
                """
                {
                  "prod": {
                    "A": {},
                    "B": { "required": false, "encoding": "base64url", "as_path": true },
                    "C": { "default": "c \"quoted\" ü 🐕", "extract": { "format": "json", "pointer": "/a~1b" } },
                    "D": { "composed": "${A}$$${C}" },
                    "E": { "required": { "exactly_one": ["g", "h"] }, "ref": { "item": "shared/e", "field": "x y" } },
                    "F": { "required": { "at_least_one": "i", "exactly_one": ["g", "h"] } },
                    "G": { "required": { "at_least_one": "i" }, "extract": { "format": "ini", "pointer": "/s/k" } }
                  }
                }
                """
            )
        );

    public static ReleaseSecrets Everything { get; } =
        ReleaseSecrets.Of(
            Plan,
            Map<SecretAddress, SecretAnswer>(
                (SecretAddress.Usual(Plan.Owner, Specifications.Name("A")), Found("a", 3)),
                (SecretAddress.Usual(Plan.Owner, Specifications.Name("B")), Found("Yg", None)),
                (new SecretAddress("shared/e", "x y"), Found("e", 1)),
                (SecretAddress.Usual(Plan.Owner, Specifications.Name("G")), Found("[s]\nk=g", 1))
            )
        );

    public static SecretAnswer Found(string value, LanguageExt.Option<int> version) =>
        new SecretAnswer.Found(SecretValue.Of(value), version);
}
