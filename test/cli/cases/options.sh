# No option without its place in help, man page and completions: the names are read from the source, not from the program.
options=$(sed -n 's/^ *{OPTION_[A-Z]*, "\([a-z-]*\)".*/\1/p' "$SOURCE/cli/options.c")
commands=$(sed -n 's/^    {"\([a-z]*\)", .*/\1/p' "$SOURCE/cli/options.c")
[ "$(wc -w <<<"$options")" -gt 15 ] && [ "$(wc -w <<<"$commands")" -gt 5 ] && echo "options and commands found"
isnad help man >man; isnad help bash >bash; isnad help zsh >zsh
for c in $commands; do isnad help $c; done >help
for o in $options; do
    grep -q -- "--$o\b" help || echo "not in help: --$o"
    grep -q -- "\\\\-\\\\-${o//-/\\\\-}\\\\f" man || echo "not in the man page: --$o"
    grep -q -- "--$o\b" bash || echo "not in the bash completion: --$o"
    grep -q -- "--$o\b" zsh || echo "not in the zsh completion: --$o"
done
# An option that the parser takes behind a command is in the help of that command, and the other way round.
for c in $commands; do
    help=$'\n'$(isnad help $c)
    for o in $options; do
        said=$(isnad $c --$o=auto 2>&1 </dev/null)
        case $said in *"takes no option"*) taken= ;; *) taken=1 ;; esac
        case $help in
        *$'\n  '"-"?", --$o"[!a-z-]* | *$'\n      '"--$o"[!a-z-]* | *$'\n  '"-"?", --$o" | *$'\n      '"--$o") told=1 ;;
        *"--$o"[a-z-]*) told=1 ;; # the beginning of another name is taken for it
        *) told= ;;
        esac
        [ "$taken" = "$told" ] || echo "$c --$o: taken '$taken', told '$told'"
    done
done
bash -n bash && echo "bash completion is bash"
if command -v zsh >/dev/null; then zsh -n zsh || echo "zsh completion is no zsh"; fi
# What completion offers.
source ./bash
try() { COMP_WORDS=(isnad "$@"); COMP_CWORD=$#; _isnad; echo "$*: ${COMPREPLY[*]}"; }
try ex
try code --fo
try code --format ""
try lexicon ""
try help v
try version ""
