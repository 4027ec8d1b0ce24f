import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

router
  .group(() => {
    router.get('/', [controllers.replies.printRuns.PrintRuns, 'index'])
    router.post('/', [controllers.replies.printRuns.PrintRuns, 'store'])
    router
      .group(() => {
        router.get('/', [controllers.replies.printRuns.PrintRuns, 'show'])
        router.get('/pdf', [controllers.replies.printRuns.PrintRuns, 'pdf'])
        router.post('/enclosures', [controllers.replies.printRuns.PrintRuns, 'enclose'])
        router.post('/pulls', [controllers.replies.printRuns.PrintRuns, 'pull'])
        router.post('/posting', [controllers.replies.printRuns.PrintRuns, 'post'])
        router.post('/redating', [controllers.replies.printRuns.PrintRuns, 'redate'])
      })
      .prefix('/:id')
      .where('id', router.matchers.uuid())
  })
  .prefix('/print-runs')
  .use(middleware.may('letters.print'))
