import { randomBytes } from 'node:crypto'
import { test } from '@japa/runner'
import { SealBroken, Sealer, blindIndex } from '#app/core/sealing'

test.group('Sealing', () => {
  test('opens at its own place only, and never when changed', ({ assert }) => {
    const sealer = new Sealer('k', randomBytes(32))
    const sealed = sealer.sealText('entries.values:1', '山田 はるゑ')
    assert.equal(sealer.openText('entries.values:1', sealed), '山田 はるゑ')
    assert.isFalse(sealed.includes(Buffer.from('山田')))
    assert.throws(() => sealer.openText('entries.values:2', sealed), SealBroken)
    const changed = Buffer.from(sealed)
    changed[changed.length - 1] ^= 1
    assert.throws(() => sealer.openText('entries.values:1', changed), SealBroken)
    assert.throws(
      () => new Sealer('k', randomBytes(32)).openText('entries.values:1', sealed),
      SealBroken
    )
  })

  test('seals the same text differently each time, but indexes it alike', ({ assert }) => {
    const sealer = new Sealer('k', randomBytes(32))
    assert.notDeepEqual(sealer.sealText('p', 'x'), sealer.sealText('p', 'x'))
    assert.equal(blindIndex('ヤマダ', 'search:kana'), blindIndex('ヤマダ', 'search:kana'))
    assert.notEqual(blindIndex('ヤマダ', 'search:kana'), blindIndex('ヤマダ', 'search:family_kana'))
  })
})
