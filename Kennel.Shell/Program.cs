using Kennel.Shell.Commands;
using Kennel.Shell.Daemon;
using Kennel.Shell.Nix;

return await CommandTree.Run(
    args,
    new CommandParts(KennelDaemon.Serve, KennelDaemon.Look, (arguments, _) => BuildStep.Start(arguments)),
    Terminal.OfProcess(),
    CancellationToken.None
);
