import { words } from "../words.ts";

export const home = words({
  "home.title": ["首页", "Home"],
  "home.greeting": ["{name}，您好", "Hello, {name}"],
  "home.continue": ["接着写", "Pick up where you left off"],
  "home.recent": ["最近更新", "Recently changed"],
  "home.visited": ["最近看过", "Recently opened"],
  "home.waiting": ["待我处理", "Waiting for me"],
  "home.nothingWaiting": ["没有等您处理的事。", "Nothing is waiting for you."],
  "home.promises": ["我的承诺", "My promises"],
  "home.noPromises": ["没有未完成的承诺。", "No open promises."],
  "home.late": ["逾期 {days, number} 天", "{days, plural, one {# day} other {# days}} late"],
  "home.oldAnswers": ["客户持有旧答案", "Customers holding an old answer"],
  "home.heldRevision": ["收到的是第 {number} 次修订", "was told revision {number}"],
  "home.noPages": ["还没有您能看到的页面。", "There is no page you can see yet."],
  "home.first": ["从这里开始", "Start here"],
  "home.firstSpace": ["建立第一个知识空间", "Open the first space"],
  "home.firstPeople": ["添加同事", "Add your colleagues"],
  "home.firstCustomer": ["添加一位客户", "Add a customer"],
  "home.firstImport": [
    "也可以在命令行导入文件夹和表格，见 README。",
    "You can also import folders and tables from the command line; see the README.",
  ],
  "home.announcements": ["公告", "Announcements"],
});
