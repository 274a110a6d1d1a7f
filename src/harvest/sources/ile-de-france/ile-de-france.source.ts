import { defineSource } from '../../domain/source.js';
import { tableSource } from '../_kit/table.js';

/** A list of calls with a column for each thing that is read; `fixtures/where.md` says where it was seen. */
export const source = defineSource({
  id: 'ile-de-france',
  name: 'Région Île-de-France',
  homepage: 'https://data.iledefrance.fr',
  origin: 'https://data.iledefrance.fr',
  enabled: false,
  everyHours: 12,
  requestsPerMinute: 20,
  coverage: 'full',
  expectsAtLeast: 1,
  quietAfterDays: 60,
  ...tableSource({
    dataSource: 'ILE-DE-FRANCE',
    path: '/api/explore/v2.1/catalog/datasets/aides-appels-a-projets/records?order_by=id_aide&limit=100',
    form: {
      json: {
        items: 'results',
        total: 'total_count',
        pages: { offset: 'offset', size: 100 },
      },
    },
    zone: 'Europe/Paris',
    language: 'fr',
    funder: 'Région Île-de-France',
    columns: {
      id: 'id_aide',
      title: 'nom_de_l_aide_de_la_demarche',
      closing: 'date_cloture',
      opening: 'date_ouverture',
      text: ['chapo_txt', 'objectif_txt', 'qui_peut_en_beneficier', 'modalite_txt'],
      link: 'url_descriptif',
      funder: 'porteur_aide',
    },
  }),
});
