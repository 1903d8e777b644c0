{ inputs, ... }:
{
  imports = [ inputs.scottylabs.devenvModules.default ];

  scottylabs = {
    enable = true;
    project.name = "my-project";

    # Each name is a package in flake.nix.
    kennel.services.api = {
      customDomain = null; # or "api.my-project.example.org", for the default branch
    };
    kennel.sites.docs = {
      spa = false;
    };
  };

  # The same service while you develop. Deployed, it is told another port.
  processes.api = {
    exec = "PORT=8080 nix run .#api";
    ready.http.get = {
      port = 8080;
      path = "/health";
    };
  };
}
