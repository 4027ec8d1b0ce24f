import { japanpost, drawingSVG } from 'bwip-js/node'
import { test } from '@japa/runner'
import { addressCode } from '#app/catalog/addresses/address_code'
import { customerBarcode } from '#app/core/customer_barcode'
import { Random } from '#app/core/random'

/** Addresses and what Japan Post's manual, and the rules in it, make of them. */
const ADDRESSES: [string, string, string][] = [
  ['1000013', '千代田区霞が関1丁目3番2号 郵便プラザ503室', '1-3-2-503'],
  ['2630023', '千葉市稲毛区緑町3丁目30-8 郵便ビル403号', '3-30-8-403'],
  ['0140113', '大仙市堀見内 南田茂木 添60-1', '60-1'],
  ['1100016', '台東区台東5-6-3 ABCビル10F', '5-6-3-10'],
  ['0600906', '札幌市東区北六条東4丁目 郵便センター6号館', '4-6'],
  ['2730102', '鎌ケ谷市右京塚 東3丁目-20-5 郵便・A&bコーポB604号', '3-20-5B604'],
  ['1980036', '青梅市河辺町十一丁目六番地一号 郵便タワー601', '11-6-1-601'],
  ['0270203', '宮古市大字津軽石第21地割大淵川480', '21-480'],
  ['5900016', '堺市堺区中田出井町四丁六番十九号', '4-6-19'],
  ['0800831', '帯広市稲田町南七線 西28', '7-28'],
  ['3170055', '日立市宮田町6丁目7-14 ABCビル2F', '6-7-14-2'],
  ['6500046', '神戸市中央区港島中町9丁目7-6 郵便シティA棟1F1号', '9-7-6A1-1'],
  ['6230011', '綾部市青野町綾部6-7 LプラザB106', '6-7LB106'],
  ['0640804', '札幌市中央区南四条西29丁目1524-23 第2郵便ハウス501', '29-1524-23-2-501'],
  ['9100067', '福井市新田塚3丁目80-25 J1ビル2-B', '3-80-25J1-2B'],
]

/** The bars as bwip-js draws them: it is told the digits that are in the code. */
function drawnBy(text: string): string {
  const svg = japanpost<string>({ bcid: 'japanpost', text } as never, drawingSVG())
  return barsOf(svg)
}

/** Reads the bars of a drawing: by where each begins and ends. */
function barsOf(svg: string): string {
  const strokes = [...svg.matchAll(/<path[^>]*?d="([^"]+)"/g)].flatMap(([, d]) =>
    [...d.matchAll(/M([\d.]+) ([\d.]+)L[\d.]+ ([\d.]+)/g)].map(([, x, from, to]) => ({
      x: Number(x),
      top: Math.min(Number(from), Number(to)),
      bottom: Math.max(Number(from), Number(to)),
    }))
  )
  const real = strokes.filter((one) => one.bottom - one.top > 2)
  const top = Math.min(...real.map((one) => one.top))
  const bottom = Math.max(...real.map((one) => one.bottom))
  return strokes
    .toSorted((a, b) => a.x - b.x)
    .map((one) => {
      const isHigh = one.top - top < 0.1
      const isLow = bottom - one.bottom < 0.1
      return isHigh ? (isLow ? 'F' : 'A') : isLow ? 'D' : 'T'
    })
    .join('')
}

test.group('The customer barcode', () => {
  test('bears of an address what the manual says', ({ assert }) => {
    for (const [, address, code] of ADDRESSES) assert.equal(addressCode(address), code, address)
  })

  test('takes names of towns for names: 三番町, 八丁堀, 二の宮, 北五条', ({ assert }) => {
    assert.equal(addressCode('松山市三番町4-2'), '4-2')
    assert.equal(addressCode('中央区八丁堀1丁目2番'), '1-2')
    assert.equal(addressCode('井原市二の宮5番地の6'), '5-6')
    assert.equal(addressCode('札幌市北五条西6丁目'), '6')
    assert.equal(addressCode('青嶺市大字上久保1234番地5'), '1234-5')
    assert.equal(addressCode('青嶺市字山ノ上無番地'), '')
    assert.equal(addressCode('青嶺市本町１丁目２番３号ハイツｱ－Ｃ'), '1-2-3C')
  })

  test('has 67 bars, and the check that the examples have', ({ assert }) => {
    const check = (postcode: string, code: string) => customerBarcode(postcode, code)!.slice(62, 65)
    for (const [postcode, , code] of ADDRESSES)
      assert.lengthOf(customerBarcode(postcode, code)!, 67)
    assert.equal(check('1000013', '1-3-2-503'), 'TFF')
    assert.equal(check('1540023', '3-16-4-205'), 'DAF')
    assert.equal(check('3501106', '22-1A308'), 'FTF')
  })

  test('is cut at 13 places, where a letter may lose its second half', ({ assert }) => {
    assert.equal(customerBarcode('0640804', '29-1524-23-2-501'), drawnBy('064080429-1524-23-2-'))
    assert.equal(customerBarcode('0640804', '123456789012A')!.slice(59, 62), 'DAT')
  })

  test('is left out for a whole city’s postcode, and for none', ({ assert }) => {
    for (const postcode of ['1000000', '399990', '', '100001３', '39999031'])
      assert.isNull(customerBarcode(postcode, '1-2'))
  })

  test('has the bars that another program draws for the same digits, ten thousand times', ({
    assert,
  }) => {
    const random = new Random(20261130)
    let zeros = 0
    const pick = (from: string) => from[Math.floor(random.next() * from.length)]
    for (let count = 0; count < 10_000; count++) {
      const postcode = `${Array.from({ length: 6 }, () => pick('0123456789')).join('')}${pick('123456789')}`
      // A letter takes two of the 13 places; that program takes no more than there is room for.
      let [code, room] = ['', Math.floor(random.next() * 14)]
      for (let next = ''; room > 0; room -= /[A-Z]/.test(next) ? 2 : 1) {
        next = pick(room > 1 ? '0123456789--ABCJKTUZ' : '0123456789-')
        code += next
      }
      const bars = customerBarcode(postcode, code)!
      const drawn = drawnBy(postcode + code)
      // Where the check is 0 that program draws a broken one.
      const isZero = bars.slice(62, 65) === 'FTT'
      if (isZero) zeros += 1
      const end = isZero ? 62 : 67
      if (bars.slice(0, end) !== drawn.slice(0, end))
        assert.equal(bars, drawn, `${postcode} ${code}`)
    }
    // One of nineteen.
    assert.isBelow(zeros, 700)
  })
})
