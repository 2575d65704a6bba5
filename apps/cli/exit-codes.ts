/** What the process says to the shell. Numbers above 64 are those of sysexits.h. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  rowsHeld: 3,
  notVerified: 4,
  unavailable: 69,
  internal: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
退出码：
    0  完成
    1  被拒绝：输入有误，或违反业务规则；什么也没有记录
    2  用法错误：未知的命令或选项
    3  部分完成：导入时有的行被搁置，或有的项目未能关账（原因见输出），其余已记录
    4  核验未通过：数据与审计链、锚、事件或摘要不符，第一处位置见输出
   69  暂不可用：事件库、数据库或端口；可稍后重试
   70  内部错误
  130  被中断（Ctrl-C）`;
