import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { importPostcodes, NotPostcodes } from '#app/catalog/addresses/import_postcodes'
import { addressDoubts, postcodeFits } from '#app/catalog/addresses/postcode_fits'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'

const sample = () => readFileSync(app.makePath('resources/postcodes/sample.csv'))

test.group('Postcodes', (group) => {
  group.each.setup(async () => {
    await importPostcodes(sample())
  })

  test('{postcode} and {address}: {fits}')
    .with([
      { postcode: '3999903', address: '青嶺市大字上久保1234番地5', fits: true },
      { postcode: '3999903', address: '上久保1234-5', fits: true },
      { postcode: '3999903', address: '長野県青嶺市本町1丁目1番1号', fits: false },
      { postcode: '3999900', address: '青嶺市どこか1番地', fits: true },
      { postcode: '1000001', address: '東京都千代田区千代田1番1号', fits: null },
    ])
    .run(async ({ assert }, { postcode, address, fits }) => {
      assert.equal(await postcodeFits(postcode, address), fits)
    })

  test('of numbered lots, of remarks and of places with odd names fit where they lie', async ({
    assert,
  }) => {
    const line = (code: string, city: string, town: string) =>
      `1,"399  ","${code}","","","","長野県","${city}","${town}",0,0,0,0,0,0\n`
    const file = Buffer.from(
      line('0287917', '九戸郡洋野町', '種市第１５地割〜第２１地割（鹿糠、小路合）') +
        line('5220317', '犬上郡多賀町', '一円') +
        line('5220300', '犬上郡多賀町', '多賀町一円') +
        line('0660005', '千歳市', '協和（８８−２、２７１−１０、') +
        line('0660005', '千歳市', '４０４−１、甲を除く）') +
        line('6040983', '京都市中京区', '笹屋町（麩屋町通竹屋町下る）')
    )
    assert.equal(await importPostcodes(file), 5)
    const fits = [
      ['0287917', '洋野町種市第18地割5番地', true],
      ['0287917', '九戸郡洋野町種市１５地割1', true],
      ['0287917', '洋野町種市第22地割5番地', false],
      ['0287917', '洋野町有家第18地割', false],
      ['5220317', '多賀町一円12', true],
      ['5220317', '多賀町敏満寺1', false],
      ['5220300', '多賀町敏満寺1', true],
      ['0660005', '千歳市協和88-2', true],
      ['6040983', '京都市中京区麩屋町通竹屋町下る笹屋町1', true],
    ] as const
    for (const [postcode, address, expected] of fits)
      assert.equal(await postcodeFits(postcode, address), expected, address)
  })

  test('that doesn’t go with its address is doubted, one that can’t be read isn’t', async ({
    assert,
  }) => {
    const service = await Service.findByOrFail('slug', 'vaccination')
    const { fields } = await newestVersion(service.id)
    const of = (values: Record<string, string>) => addressDoubts(fields, (key) => values[key] ?? '')
    const address = '青嶺市本町1番1号'
    assert.deepEqual(await of({ postcode: '3999903', address }), { postcode: 'postcode_address' })
    assert.deepEqual(await of({ postcode: '399990●', address }), {})
    assert.deepEqual(await of({ postcode: '3999901', address }), {})
  })

  test('stay as they are when a file isn’t Japan Post’s', async ({ assert }) => {
    const file = Buffer.from('名前,住所\n山田,青嶺市\n')
    await assert.rejects(() => importPostcodes(file), NotPostcodes)
    assert.isTrue(await postcodeFits('3999901', '本町1'))
  })
})
