import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.printing.PrintRuns, 'index'])
    router.post('/', [controllers.printing.PrintRuns, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.printing.PrintRuns, 'show'])
        router.get('/pdf', [controllers.printing.PrintRuns, 'pdf'])
        router.post('/enclosures', [controllers.printing.PrintRuns, 'enclose'])
        router.post('/pulls', [controllers.printing.PrintRuns, 'pull'])
        router.post('/posting', [controllers.printing.PrintRuns, 'post'])
        router.post('/redating', [controllers.printing.PrintRuns, 'redate'])
      })
      .prefix('/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/print-runs')
  .use(middleware.may('letters.print'))
