# Turns built assemblies into machine code: the tests start the program about a hundred times, and each start would compile the same
# ten thousand methods anew. What is tested is the same code, compiled by the same compiler, only earlier.

# precompile CONFIGURATION: all that the program consists of, wherever the build has put it. Keeps what it made: a package is done once.
precompile() {
  local bin=$root/artifacts/bin kept=$root/artifacts/precompiled crossgen framework name folder ready references=()
  dotnet restore eng/lib/crossgen.proj --verbosity quiet
  crossgen=$(dotnet msbuild eng/lib/crossgen.proj -getProperty:Crossgen)
  for framework in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
    references+=(-r "$(dotnet --list-runtimes | sed -nE "s/^$framework (10[^ ]*) \[(.*)\]$/\2\/\1/p" | sort -V | tail -n 1)/*.dll")
  done
  mkdir -p "$kept"

  # Tools of the design time are beside the program alone; no test loads them.
  for name in $(cd "$bin/Bellhop.Tests/$1" && ls ./*.dll); do
    [ -e "$bin/Bellhop/$1/$name" ] || continue
    ready=$kept/$(sha256sum <"$bin/Bellhop/$1/$name" | cut -c1-64).dll
    if [ ! -e "$ready" ]; then
      # What it refuses is machine code already, and stays as it is.
      "$crossgen" "$bin/Bellhop/$1/$name" -o "$ready.new" -r "$bin/Bellhop/$1/*.dll" "${references[@]}" --targetos linux \
        --targetarch "$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" -O >"$scratch/precompile.log" 2>&1 || continue
      mv "$ready.new" "$ready"
    fi
    for folder in Bellhop Bellhop.Tests Bellhop.BrowserTests; do
      [ ! -e "$bin/$folder/$1/$name" ] || cp "$ready" "$bin/$folder/$1/$name"
    done
  done
}
