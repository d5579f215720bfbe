import { words } from "../words.ts";

export const products = words({
  "products.title": ["产品", "Products"],
  "products.product": ["产品", "Product"],
  "products.new": ["新产品", "New product"],
  "products.code": ["产品代码", "Code"],
  "products.codeTaken": ["这个产品代码已在使用，请换一个。", "Another product has this code. Choose another one."],
  "products.name": ["名称", "Name"],
  "products.category": ["类别", "Category"],
  "products.status": ["状态", "Status"],
  "products.versions": ["版本", "Versions"],
  "products.aliases": ["别名", "Aliases"],
  "products.knowledge": ["知识", "Knowledge"],
  "products.ownedBy": ["已购客户", "Owned by"],
  "products.quantity": ["数量", "Quantity"],
  "products.serial": ["序列号", "Serial"],
  "products.since": ["开始", "Since"],
  "products.until": ["到期", "Until"],
  "products.none": ["还没有产品。", "No products yet."],
});
