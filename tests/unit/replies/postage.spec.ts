import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { postageOf } from '#app/replies/postings/postage'
import { mayBeReduced, type PostingLine } from '#app/replies/postings/posting_lines'

test.group('Postage', () => {
  const of = async (
    envelope: 'long3' | 'square2' | null,
    grams: number,
    mailService: 'ordinary' | 'registered' = 'ordinary'
  ) => {
    const found = await postageOf({ envelope, grams, mailService }, db)
    return found && [found.shape, found.upTo, found.each]
  }

  test('goes by shape and weight, to the gram', async ({ assert }) => {
    assert.deepEqual(await of(null, 3), ['postcard', 6, 85])
    assert.deepEqual(await of('long3', 50), ['standard', 50, 110])
    assert.deepEqual(await of('long3', 50.1), ['large', 100, 180])
    assert.deepEqual(await of('square2', 20), ['large', 50, 140])
    assert.deepEqual(await of('square2', 1000), ['large', 1000, 750])
    assert.isNull(await of('square2', 1000.1))
    assert.deepEqual(await of('long3', 9, 'registered'), ['standard', 50, 460])
  })

  test('may be less for a thousand alike, without service and stamps', async ({ assert }) => {
    const lines = (pieces: number) => [{ pieces }] as PostingLine[]
    const ordinary = { mailService: 'ordinary', paidBy: 'account' } as const
    assert.isTrue(mayBeReduced(ordinary, lines(1000)))
    assert.isFalse(mayBeReduced(ordinary, lines(999)))
    assert.isFalse(mayBeReduced({ ...ordinary, paidBy: 'stamps' }, lines(1000)))
    assert.isFalse(mayBeReduced({ ...ordinary, mailService: 'recorded' }, lines(1000)))
  })
})
