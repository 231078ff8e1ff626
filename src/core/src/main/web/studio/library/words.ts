import { language } from '../words';

const rules = new Intl.PluralRules(language);

function count(many: number, one: string, other: string): string {
  return (rules.select(many) === 'one' ? one : other).replace('#', many.toLocaleString(language));
}

const en = {
  selected: (many: number) => count(many, '# selected', '# selected'),
  changed: (many: number) => count(many, '# article changed', '# articles changed'),
  deleted: (many: number) => count(many, '# article deleted', '# articles deleted'),
  restored: (many: number) => count(many, '# article restored', '# articles restored'),
  refused: (many: number, why: string) => `${count(many, '# article was left as it is:', '# articles were left as they are:')} ${why}`,
  title: (title: string) => `“${title}” deleted`,
};

const fr: typeof en = {
  selected: (many) => count(many, '# sélectionné', '# sélectionnés'),
  changed: (many) => count(many, '# article modifié', '# articles modifiés'),
  deleted: (many) => count(many, '# article supprimé', '# articles supprimés'),
  restored: (many) => count(many, '# article rétabli', '# articles rétablis'),
  refused: (many, why) => `${count(many, '# article est resté tel quel :', '# articles sont restés tels quels :')} ${why}`,
  title: (title) => `« ${title} » supprimé`,
};

export const words = language === 'fr' ? fr : en;
