using System.Globalization;
using Kennel.Benchmarks;
using Kennel.Core.Domain;
using Kennel.Shell.Configuration;

const int roundsDefault = 200;

if (args is ["day", .. var numbers])
    return DayBenchmark.Run(numbers);
if (args.Length is 0 or > 2)
{
    await Console.Error.WriteLineAsync("Usage: Kennel.Benchmarks COPY-OF-KENNEL.DB [ROUNDS] | day [BRANCHES [DAYS]]");
    return 64;
}
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : roundsDefault;
return await ConfigurationFile
    .Load(null)
    .Match(
        loaded => PassBenchmark.Run(loaded.Configuration, args[0], rounds, CancellationToken.None),
        problems => Refuse(problems)
    );

static async Task<int> Refuse(Seq<Problem> problems)
{
    foreach (var problem in problems)
        await Console.Error.WriteLineAsync(problem.ToString());
    return 1;
}
