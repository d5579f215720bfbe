import { words } from "../words.ts";

/** Calm words for when something did not work: what happened, what was kept, what to do. */
export const errors = words({
  "errors.home": ["回到首页", "Back to the home page"],
  "errors.tryAgain": ["再试一次", "Try again"],
  "errors.search": ["搜索", "Search"],
  "errors.reference": ["参考编号", "Reference"],
  "errors.kept": ["您填写的内容", "What you had typed"],
  "errors.fields": ["需要修改的地方", "What needs attention"],

  "errors.400.title": ["看不懂这个请求", "We could not read this request"],
  "errors.400.what": [
    "地址或提交的内容不完整。什么都没有改变。",
    "The address or what was sent is incomplete. Nothing was changed.",
  ],
  "errors.400.do": ["请返回上一页再试。", "Please go back and try again."],
  "errors.401.title": ["请先登录", "Please sign in"],
  "errors.403.title": ["您可以看到它，但不能这样做", "You can see this, but you may not do that"],
  "errors.403.what": [
    "您的权限不包括这个操作。什么都没有改变。",
    "Your permission does not include this action. Nothing was changed.",
  ],
  "errors.403.do": [
    "如果需要，请联系负责它的部门主管为您开通。",
    "If you need it, ask the manager of the department that is responsible for it.",
  ],
  "errors.address.title": ["这个网址还没有登记", "This address is not known yet"],
  "errors.address.what": [
    "没有设置 BASE_URL 时，只有在本机（127.0.0.1 或 localhost）才能提交表单，以免其他网站冒充本站。什么都没有改变。",
    "Without BASE_URL forms are accepted only at 127.0.0.1 and localhost, so that no other site can pass for this one. Nothing was changed.",
  ],
  "errors.address.do": [
    "请管理员把环境变量 BASE_URL 设为大家使用的网址，例如 https://wiki.example.com，然后重新启动。",
    "The administrator sets the variable BASE_URL to the address people use, e.g. https://wiki.example.com, and starts again.",
  ],
  "errors.archived.title": ["这个空间已归档", "This space is archived"],
  "errors.archived.what": [
    "归档空间里的页面可以阅读和查找，但不能修改。什么都没有改变。",
    "Pages of an archived space can be read and found, not changed. Nothing was changed.",
  ],
  "errors.archived.do": [
    "请空间的主管先恢复它，再保存。",
    "Ask a manager of the space to bring it back, then save again.",
  ],
  "problems.malformed": ["请求读不出来，请检查编码和格式。", "The request could not be read."],
  "problems.unauthenticated": ["请登录，或发送 Bearer 令牌。", "Log in, or send a bearer token."],
  "problems.forbidden": ["您可以看到它，但不能这样做。", "You can see this, but you may not do that."],
  "problems.read_only": [
    "正在以他人身份查看，什么都不能改。",
    "Nothing can be changed while viewing as somebody else.",
  ],
  "problems.break_glass": ["紧急访问只能看，不能改。", "Break-glass access only looks."],
  "problems.unknown_address": ["网站不认识这个网址，请设置 BASE_URL。", "This address is not known. Set BASE_URL."],
  "problems.archived": ["这个空间已归档，只能阅读。", "This space is archived and can only be read."],
  "problems.not_found": ["这里没有您能看到的内容。", "There is nothing here that you can see."],
  "problems.conflict": ["其间已有别的改动，请重新读取后再试。", "Something changed meanwhile. Read it again."],
  "problems.too_large": ["内容超出限制，请分次发送。", "The body is over the limit. Send less at once."],
  "problems.invalid": ["有字段不符合要求，详见 fields。", "Some fields are not valid; see fields."],
  "problems.too_many": ["请求太多，请稍后再试。", "Too many requests. Wait, then go on."],
  "problems.internal": [
    "我们这边出了问题，没有做到一半的改动。",
    "Something went wrong on our side. Nothing was half done.",
  ],
  "errors.404.title": ["这里没有您能看到的内容", "There is nothing here that you can see"],
  "errors.404.what": [
    "它可能已被移动或删除，也可能从未存在，或者不对您开放。",
    "It may have been moved or deleted, may never have existed, or may not be open to you.",
  ],
  "errors.404.do": [
    "搜一搜它的名字，或者问问给您链接的人。",
    "Search for its name, or ask the person who gave you the link.",
  ],
  "errors.409.title": ["在您编辑时，别人也改了这里", "Someone else changed this while you were editing"],
  "errors.409.what": [
    "您写的内容没有丢失，也没有覆盖别人的内容。",
    "What you wrote is not lost, and nothing of theirs was overwritten.",
  ],
  "errors.409.do": ["请打开最新内容，再决定保留哪些。", "Open the latest version, then decide what to keep."],
  "errors.413.title": ["内容太大了", "That is too large"],
  "errors.413.what": [
    "您提交的内容超过了上限，没有被保存。什么都没有改变。",
    "What you sent is over the limit and was not saved. Nothing was changed.",
  ],
  "errors.413.do": ["请返回，分成几部分或换一个小一些的文件再试。", "Go back and split it, or choose a smaller file."],
  "errors.422.title": ["还差一点", "Almost there"],
  "errors.422.what": ["有些内容不符合要求，所以没有保存。", "Some of it does not fit yet, so it was not saved."],
  "errors.422.do": ["请返回修改，您填写的内容都还在。", "Go back and correct it. What you typed is still there."],
  "errors.429.title": ["请稍等片刻", "One moment, please"],
  "errors.429.what": [
    "短时间内的请求太多了。没有丢失任何内容。",
    "There were too many requests in a short time. Nothing was lost.",
  ],
  "errors.429.do": ["请等一会儿再试。", "Please wait a little and try again."],
  "errors.429.wait": [
    "{seconds, number} 秒后可以再试。",
    "You can try again in {seconds, plural, one {# second} other {# seconds}}.",
  ],
  "errors.500.title": ["出了点问题，是我们的错", "Something went wrong, and it was us"],
  "errors.500.what": [
    "您的请求没有完成。已经保存的内容不受影响。",
    "Your request was not completed. What was already saved is safe.",
  ],
  "errors.500.do": [
    "请再试一次。如果还是不行，请把参考编号告诉管理员。",
    "Please try again. If it happens again, give the reference to your administrator.",
  ],
  "errors.503.title": ["暂时无法确认结果", "We cannot tell yet whether that worked"],
  "errors.503.what": [
    "连接中断，您的保存可能已经完成，也可能没有。",
    "The connection broke off; your change may or may not have been saved.",
  ],
  "errors.503.do": [
    "请先打开页面查看，再决定是否重试。重试不会保存两次。",
    "Look at the page first. Trying again never saves twice.",
  ],
  "errors.expired.title": ["登录已过期", "Your session has ended"],
  "errors.expired.what": [
    "您写的内容没有丢失，仍保存在这个浏览器里。",
    "What you wrote is not lost: it is kept in this browser.",
  ],
  "errors.expired.do": ["请重新登录，然后继续。", "Sign in again, then carry on."],
});
