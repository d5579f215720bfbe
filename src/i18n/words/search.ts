import { words } from "../words.ts";

export const search = words({
  "search.search": ["搜索", "Search"],
  "search.title": ["搜索：{query}", "Search: {query}"],
  "search.placeholder": ["搜索页面、客户、产品…", "Search pages, customers, products…"],
  "search.results": ["{count, number} 条结果", "{count, plural, one {# result} other {# results}}"],
  "search.resultsAtLeast": [
    "至少 {count, number} 条结果",
    "at least {count, plural, one {# result} other {# results}}",
  ],
  "search.none": ["没有找到“{query}”。", "Nothing found for “{query}”."],
  "search.noneHint": ["换个说法试试，或者把知道的写下来。", "Try other words, or write down what you know."],
  "search.noneFiltered": ["去掉一个筛选条件，或换个说法试试。", "Take a filter off, or try other words."],
  "search.empty": ["输入要找的内容。", "Type what you are looking for."],
  "search.emptyHint": [
    "词语 · “完整短语” · -不要的词 · 开头* · 客户：名称 · 产品：型号 · 空间：名称 · 标签：名称 · 作者：姓名 · 标题：词语 · 晚于：2026-01",
    'words · "a phrase" · -not · begin* · customer:name · product:code · space:name · label:name · author:name · title:word · after:2026-01',
  ],
  "search.didYouMean": ["您要找的是：", "Did you mean"],
  "search.filters": ["筛选", "Filters"],
  "search.type": ["类型", "Type"],
  "search.filter.type": ["类型", "Type"],
  "search.filter.space": ["知识空间", "Space"],
  "search.filter.customer": ["客户", "Customer"],
  "search.filter.product": ["产品", "Product"],
  "search.filter.label": ["标签", "Label"],
  "search.filter.author": ["作者", "Author"],
  "search.filter.before": ["早于", "Before"],
  "search.filter.after": ["不早于", "Since"],
  "search.removeFilter": ["去掉筛选：{name}", "Remove filter: {name}"],
  "search.write": ["新建页面“{title}”", "Write the page “{title}”"],
  "search.switcher": ["快速跳转", "Quick switcher"],
});
