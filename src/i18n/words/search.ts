import { words } from "../words.ts";

export const search = words({
  "search.search": ["搜索", "Search"],
  "search.title": ["搜索：{query}", "Search: {query}"],
  "search.placeholder": ["搜索页面、客户、产品…", "Search pages, customers, products…"],
  "search.results": ["{count, number} 条结果", "{count, plural, one {# result} other {# results}}"],
  "search.none": ["没有找到“{query}”。", "Nothing found for “{query}”."],
  "search.noneHint": ["换个说法试试，或者把知道的写下来。", "Try other words, or write down what you know."],
  "search.empty": ["输入要找的内容。", "Type what you are looking for."],
  "search.didYouMean": ["您要找的是：", "Did you mean"],
  "search.filters": ["筛选", "Filters"],
  "search.type": ["类型", "Type"],
  "search.removeFilter": ["去掉筛选：{name}", "Remove filter: {name}"],
  "search.write": ["新建页面“{title}”", "Write the page “{title}”"],
  "search.switcher": ["快速跳转", "Quick switcher"],
});
