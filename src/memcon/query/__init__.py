"""The language in which a reader searches.

    treaty alliance            passages with both words, in any order; AND may be written
    treaty OR alliance         at least one of them (binds more weakly than AND)
    treaty -alliance           the first without the second; also NOT alliance
    "new treaty"               the words one after the other
    rehabilit*                 words that begin so; also the last word of a phrase: "new trea*"
    "mao treaty"~5             near each other, in either order, with at most 5 other words between; also
                               mao NEAR/5 treaty (NEAR alone allows 10); of three or more words every two
    (mao OR stalin) treaty     brackets group

    title:alliance             in the title of the record
    party:"Soviet Union"       a party at the talk         person:Vyshinsky   a person present
    archive:"AVP RF"           where the paper lies        matter:fuel        a matter dealt with in the passage
    date:1950-01..1950-03      records that may be of these months; a year (1950), a day (1950-01-06), open ends
                               (..1950), EDTF (1950-01/1950-03, 1950-21, 195X) and date:"6 January 1950" too
    kind:memcon                the kind of paper           lang:ru            language of the words held
    class:"top secret"         the marking                 collection:frus1961-63v22
    act:undertake              what is done in the passage
    name:Vyshinsky             a name in the text, with the other forms of it that the archive knows;
                               name:=Vyshinsky only as given
    in:notes  in:all           search the apparatus (footnotes, source notes), or everything; otherwise only the
                               body of the paper is searched, and a footnote is never found
    kind:(letter OR note)      a field may stand before brackets

`title`, `party`, `person`, `archive` and `matter` match any word or phrase of the value; `kind`, `lang`, `class`,
`collection` and `act` want the whole value, or its beginning with `*` (`collection:frus1961*`). Case, accents and the
shape of quotation marks never matter (`memcon.query.words` says what a word is), but AND, OR, NOT and NEAR are
operators only in capitals. A sign that is no word is passed over. `str(query)` is the query as it was understood, and
means the same when it is parsed again.

    query   = every ("OR" every)*
    every   = denied (["AND"] denied)*
    denied  = ("NOT" | "-") denied | near
    near    = item ("NEAR" ["/" number] item)*
    item    = [field ":" ["="]] ( "(" query ")" | word ["*"] | '"' words ["*"] '"' ["~" number] )
"""

from memcon.query.matching import spans
from memcon.query.nodes import And, Date, Field, In, Leaf, Name, Near, Node, Not, Or, Words, leaves
from memcon.query.parser import parse

__all__ = [
    "And", "Date", "Field", "In", "Leaf", "Name", "Near", "Node", "Not", "Or", "Words", "leaves", "parse", "spans",
]  # fmt: skip
