import { test } from '@japa/runner'
import { grownRuns, joinedRuns, longRuns, type Mask } from '#app/reading/layout/runs'

function mask(...rows: string[]): Mask {
  const data = Uint8Array.from(rows.join(''), (one) => (one === '#' ? 255 : 0))
  return { data, width: rows[0].length, height: rows.length }
}

function drawn({ data, width, height }: Mask): string[] {
  return Array.from({ length: height }, (_, row) =>
    [...data.subarray(row * width, (row + 1) * width)].map((one) => (one ? '#' : '.')).join('')
  )
}

test.group('Runs of ink', () => {
  test('long ones are kept, also those that end at the edge', ({ assert }) => {
    const picture = mask('##.###', '#.....', '#....#')
    assert.deepEqual(drawn(longRuns(picture, 'across', 3)), ['...###', '......', '......'])
    assert.deepEqual(drawn(longRuns(picture, 'down', 3)), ['#.....', '#.....', '#.....'])
  })

  test('near ones become one, but never from one line to the next', ({ assert }) => {
    const picture = mask('#..#.#', '#.....')
    assert.deepEqual(drawn(joinedRuns(picture, 'across', 1)), ['#..###', '#.....'])
    assert.deepEqual(drawn(joinedRuns(picture, 'across', 2)), ['######', '#.....'])
    assert.deepEqual(drawn(joinedRuns(mask('#', '.', '#'), 'down', 1)), ['#', '#', '#'])
  })

  test('grow at both ends as far as there is paper', ({ assert }) => {
    assert.deepEqual(drawn(grownRuns(mask('.#...#'), 'across', 2)), ['######'])
    assert.deepEqual(drawn(grownRuns(mask('...', '.#.', '...'), 'down', 5)), ['.#.', '.#.', '.#.'])
  })
})
