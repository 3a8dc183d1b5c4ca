import { describe, expect, it } from 'vitest';
import { textOfHtml } from '../domain/description.ts';
import { cleanHtml } from './clean-html.ts';

const rel = 'rel="nofollow noopener ugc"';

describe('a description’s HTML', () => {
  it.each([
    ['<p>Thrown <b>by hand</b>.<br>Twice.</p>', '<p>Thrown <b>by hand</b>.<br />Twice.</p>'],
    ['<ul><li>One<li>Two</ul>', '<ul><li>One</li><li>Two</li></ul>'],
    ['<h1>Big</h1>', '<h3>Big</h3>'],
    ['plain, 5 < 6 & "so on"', 'plain, 5 &lt; 6 &amp; "so on"'],
    ['two\nlines', 'two\nlines'],
    ['<a href="https://a.test/?b=1&c=2">a</a>', `<a href="https://a.test/?b=1&amp;c=2" ${rel}>a</a>`],
    ['<a href="mailto:a@b.test" onclick="x()">a</a>', `<a href="mailto:a@b.test" ${rel}>a</a>`],
    ['<b>unclosed', '<b>unclosed</b>'],
    ['&lt;script&gt;shown as text&lt;/script&gt;', '&lt;script&gt;shown as text&lt;/script&gt;'],
    ['\u202eעברית 💡', '\u202eעברית 💡'],
  ])('%s is kept as %s', (html, clean) => expect(cleanHtml(html)).toBe(clean));

  it.each([
    ['<script>alert(1)</script>x', 'x'],
    ['<ScRiPt src="//evil.test"></sCrIpT>x', 'x'],
    ['<scr<script>ipt>alert(1)</script>x', 'ipt&gt;alert(1)x'],
    ['<style>*{}</style>x<iframe src="https://evil.test">y</iframe>', 'x'],
    ['<img src=x onerror=alert(1)>x', 'x'],
    ['<p onclick="alert(1)" style="color:red" class="a" id="b">x</p>', '<p>x</p>'],
    ['<svg><a xlink:href="javascript:alert(1)">x</a></svg>', 'x'],
    ['<math><mi//xlink:href="data:x,<script>alert(4)</script>">', ''],
    ['<a href="javascript:alert(1)">x</a>', 'x'],
    ['<a href="JaVa\tScRiPt:alert(1)">x</a>', 'x'],
    ['<a href="&#106;avascript:alert(1)">x</a>', 'x'],
    ['<a href="\u0001javascript:alert(1)">x</a>', 'x'],
    ['<a href="data:text/html,<script>1</script>">x</a>', 'x'],
    ['<a href="//evil.test">x</a>', 'x'],
    ['<a href="/admin">x</a>', 'x'],
    ['<form action="https://evil.test"><input name="a"><button>x</button></form>', 'x'],
    ['<!-- comment --><![CDATA[ x ]]><?php 1 ?>y', 'y'],
    ['a&#0;b&#1;c&#x1f;d', 'a\ufffdbcd'],
  ])('%s is no more than %s', (html, clean) => expect(cleanHtml(html)).toBe(clean));

  it.each([
    '<b>'.repeat(3_333),
    '<a>'.repeat(3_333),
    '&'.repeat(10_000),
    '<'.repeat(10_000),
    '<a href="https://a.test">'.repeat(400),
    '<p><b '.repeat(1_600),
  ])('stays bounded, and clean when it is cleaned again: %#', (html) => {
    const clean = cleanHtml(html);
    expect(clean.length).toBeLessThanOrEqual(60_000);
    expect(cleanHtml(clean)).toBe(clean);
  });
});

it.each([
  ['<p>Thrown <b>by hand</b>.</p><p>Twice.</p>', 'Thrown by hand.\nTwice.'],
  ['<ul><li>One</li><li>Two</li></ul>end', 'One\nTwo\nend'],
  ['a<br />b', 'a\nb'],
  ['5 &lt; 6 &amp;amp; &gt; "x"', '5 < 6 &amp; > "x"'],
  ['<a href="https://a.test/?b&gt;c" rel="x">a</a>', 'a'],
])('the text of %s is %j', (clean, text) => expect(textOfHtml(clean)).toBe(text));
