# Facts that were corrected one by one, with who says them.

corrected-contact = { $line } ({ $source }, перевірено { $checked })
corrected-measure = Нове: { $parts } – за даними { $source }, перевірено { $checked }
corrected-part = { $part ->
    [title] назва
    [gives] що дає
    [steps] кроки
    [documents] документи
    [amounts] суми
    [legal_basis] підстава
    [status] чи діє
    [valid_from] відколи діє
    [valid_to] доки діє
   *[other] опис
}
