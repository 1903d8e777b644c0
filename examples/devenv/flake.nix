{
  description = "A service and a site for Kennel, developed with devenv";

  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      forAllSystems = nixpkgs.lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
      ];
    in
    {
      packages = forAllSystems (
        system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
        in
        {
          # Kennel starts bin/api; PORT and HOST say where it is to listen.
          api = pkgs.writers.writePython3Bin "api" { } (builtins.readFile ./api.py);

          docs = pkgs.runCommand "docs" { } ''
            cp -r ${./docs} $out
          '';

          default = self.packages.${system}.api;
        }
      );
    };
}
