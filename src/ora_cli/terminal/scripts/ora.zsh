#compdef ora
# Completion of `ora` for zsh. Save it as `_ora` in a folder of $fpath, or put this into ~/.zshrc, after compinit:
#     eval "$(ora completion zsh)"

_ora() {
    local -a answer
    answer=("${(@f)$(_ORA_COMPLETE=complete_zsh _ORA_LINE="$words[1,CURRENT-1] $PREFIX" "${(Q)words[1]}" 2>/dev/null)}")
    case $answer[1] in
        files)
            compset -P '--*='
            _files
            ;;
        words)
            # _describe takes a colon between a word and what it means; no word has one in it.
            answer=("${(@)answer[2,-1]/$'\t'/:}")
            _describe -V ora answer
            ;;
    esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _ora "$@"
else
    compdef _ora ora
fi
