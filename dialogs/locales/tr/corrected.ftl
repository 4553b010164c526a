# Facts that were corrected one by one, with who says them.

corrected-contact = { $line } ({ $source }, kontrol: { $checked })
corrected-measure = Yeni: { $parts } – kaynak { $source }, kontrol: { $checked }
corrected-part = { $part ->
    [title] başlık
    [gives] ne sağladığı
    [steps] adımlar
    [documents] belgeler
    [amounts] tutarlar
    [legal_basis] yasal dayanak
    [status] geçerli olup olmadığı
    [valid_from] başlangıç tarihi
    [valid_to] bitiş tarihi
   *[other] açıklama
}
