# A whole project for Kennel in one flake without inputs: a service and a site. It builds offline.
{
  description = "Hello from Kennel";

  outputs =
    _:
    let
      version = "1";

      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];

      forEachSystem =
        packagesFor:
        builtins.listToAttrs (
          map (system: {
            name = system;
            value = packagesFor system;
          }) systems
        );

      run =
        system: name: script:
        derivation {
          inherit system name;
          builder = "/bin/sh";
          args = [
            "-euc"
            script
          ];
        };
    in
    {
      # What Kennel deploys. Each name is a package below.
      kennel = {
        version = 1;
        services.hello = {
          custom_domain = null;
          ready.path = "/health";
        };
        static_sites.site = {
          package_attr = "site";
          spa = false;
          custom_domain = null;
        };
        preview_deployments = true;
        resources = [ ];
      };

      packages = forEachSystem (system: {
        # Kennel starts bin/hello; PORT and HOST say where it is to listen.
        hello = run system "hello-${version}" ''
          mkdir -p $out/bin
          sed 's/@version@/${version}/' ${./hello} >$out/bin/hello
          chmod +x $out/bin/hello
        '';

        # Kennel lets the web server serve this directory.
        site = run system "site-${version}" ''
          cp -r ${./site} $out
        '';
      });
    };
}
