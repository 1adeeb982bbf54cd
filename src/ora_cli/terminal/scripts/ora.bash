# Completion of `ora` for bash 4 and later. For every session, put this into ~/.bashrc:
#     eval "$(ora completion bash)"

_ora_completion() {
    local answer=() line
    while IFS= read -r line; do
        answer+=("${line%%$'\t'*}")
    done < <(_ORA_COMPLETE=complete_bash _ORA_LINE="${COMP_LINE:0:COMP_POINT}" "$1" 2>/dev/null)
    COMPREPLY=()
    case ${answer[0]-} in
        files) compopt -o default ;;
        # Where bash takes "--format=pl" for several words, only the last of them is completed.
        words) [[ $COMP_WORDBREAKS == *=* ]] && answer=("${answer[@]#--*=}")
               COMPREPLY=("${answer[@]:1}") ;;
    esac
}

complete -F _ora_completion ora
