using Kennel.Shell.Nix;

return args is ["build-step", .. var rest] ? await BuildStep.Start(rest.ToSeq()) : 0;
