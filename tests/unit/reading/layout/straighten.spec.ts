import { test } from '@japa/runner'
import { skewOf, turned } from '#app/reading/layout/straighten'
import type { GrayImage } from '#app/reading/gray_image'

const [WIDTH, HEIGHT] = [1000, 1400]

/** A page with level lines, `level` gray, over most of its width. */
function ruled(level: number): GrayImage {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(255)
  for (let y = 200; y < 1200; y += 100)
    for (let row = y; row < y + 3; row++) data.fill(level, row * WIDTH + 100, row * WIDTH + 900)
  return { data, width: WIDTH, height: HEIGHT }
}

test.group('A scanned blank', () => {
  test('that leans is set upright: {$self}°')
    .with([-3, -0.7, 0.3, 1.5])
    .run(async ({ assert }, angle) => {
      const leaning = await turned(ruled(0), angle)
      assert.closeTo(skewOf(leaning), angle, 0.1)
      assert.closeTo(skewOf(await turned(leaning, -skewOf(leaning))), 0, 0.1)
    })

  test('that is level, empty or too pale to tell stays as it is', ({ assert }) => {
    assert.equal(skewOf(ruled(0)), 0)
    assert.equal(skewOf(ruled(190)), 0)
    const speck = ruled(190)
    for (let row = 700; row < 708; row++) speck.data.fill(0, row * WIDTH + 300, row * WIDTH + 308)
    assert.equal(skewOf(speck), 0)
  })
})
